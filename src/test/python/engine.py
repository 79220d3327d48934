"""A system under test and the fault that is injected into it, as an action of Chaos Toolkit."""
import os

from audit_correlator.client import Correlator


def shock(scenario_id: str, reaction: str = ""):
    """The engine tells its reaction, if there is one."""
    if reaction:
        Correlator(os.environ["AUDIT_CORRELATOR_URL"]).record(
            {"service": "engine", "type": reaction, "scenario_id": scenario_id})
    return scenario_id


def fail(scenario_id: str):
    raise RuntimeError("the fault cannot be injected")
