"""Tells an audit correlator what an experiment does: chaos.started, chaos.action.started and .ended, and so for
rollbacks, chaos.ended. All have the run's id, each its cause.

The run is the configuration's scenario_id. Where there is none, the control makes one and puts it there, so that
${scenario_id} stands for it in actions and probes. The correlator is that of the configuration's
audit_correlator_url, else of AUDIT_CORRELATOR_URL. What fails here is told in the log and fails no experiment.
"""
import functools
import logging
import os
import threading
import uuid

from audit_correlator.chaos.told import Told
from audit_correlator.client import Correlator

__all__ = ["configure_control", "before_experiment_control", "after_experiment_control", "before_activity_control",
           "after_activity_control", "before_rollback_control", "after_rollback_control"]
logger = logging.getLogger("chaostoolkit")

# Chaos Toolkit runs one experiment in a process. Activities in the background have threads of their own.
_current = None
_began = {}


def correlator(configuration):
    url = (configuration or {}).get("audit_correlator_url") or os.environ.get("AUDIT_CORRELATOR_URL")
    return Correlator(url or "http://localhost:8083")


def all_told():
    """Whether what the experiment told so far is recorded; true where nothing is told."""
    return _current is None or _current.deliver()


def _harmless(function):
    """Chaos Toolkit itself would tell of a failure only where somebody debugs."""
    @functools.wraps(function)
    def wrapped(*arguments, **named):
        try:
            return function(*arguments, **named)
        except Exception as e:
            logger.warning(f"the control of the audit correlator failed at {function.__name__}: {e!r}")
    return wrapped


@_harmless
def configure_control(experiment, configuration=None, secrets=None, settings=None):
    global _current
    _began.clear()
    run = (configuration or {}).get("scenario_id")
    if not run and configuration is not None:
        run = configuration["scenario_id"] = f"chaos-{uuid.uuid4()}"
    _current = Told(correlator(configuration), run, experiment["title"])
    logger.info(f"This is run {run}: {_current.correlator.timeline(run)}")


@_harmless
def before_experiment_control(context, **_):
    _began["experiment"] = _current.tell("chaos.started", description=context.get("description", ""))


@_harmless
def after_experiment_control(context, state=None, **_):
    state = state or {}
    severity = "WARNING" if state.get("deviated") or state.get("status") != "completed" else "INFO"
    _current.tell("chaos.ended", _began.pop("experiment", None), severity,
                  status=state.get("status"), deviated=state.get("deviated"))


@_harmless
def before_rollback_control(context, **_):
    _began["rollback"] = _current.tell("chaos.rollback.started", _began.get("experiment"))


@_harmless
def after_rollback_control(context, state=None, **_):
    failed = [run["activity"]["name"] for run in state or [] if run and run.get("status") == "failed"]
    _current.tell("chaos.rollback.ended", _began.pop("rollback", None), "ERROR" if failed else "INFO", failed=failed)


@_harmless
def before_activity_control(context, experiment, **_):
    if _acts(context, experiment):
        cause = _began.get("rollback") or _began.get("experiment")
        _began[_key(context)] = _current.tell("chaos.action.started", cause, action=context["name"])


@_harmless
def after_activity_control(context, experiment, state=None, **_):
    if _acts(context, experiment):
        status = (state or {}).get("status", "interrupted")
        _current.tell("chaos.action.ended", _began.pop(_key(context), None),
                      "INFO" if status == "succeeded" else "ERROR", action=context["name"], status=status)


def _acts(activity, experiment):
    """Whether something is done to the system: not by probes, and not by an action that is dry."""
    dry = activity.get("dry", experiment.get("dry"))
    return activity["type"] == "action" and getattr(dry, "value", dry) not in ("actions", "activities")


def _key(activity):
    return threading.get_ident(), activity["name"]
