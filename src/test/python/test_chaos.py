"""The extension of Chaos Toolkit, as its command runs experiments."""
import json
import os
import pathlib
import subprocess

import pytest

from audit_correlator.chaos.told import MAX_KEPT, Told
from audit_correlator.client import CorrelatorError

HERE = pathlib.Path(__file__).parent
NOBODY = "http://127.0.0.1:1"


def python(module, func, **arguments):
    return {"type": "python", "module": module, "func": func, "arguments": arguments}


def experiment(reaction, func="shock", expectation="shock-of-chaos-halts", controls=True, **configuration):
    arguments = {"reaction": reaction} if reaction else {}
    control = {"type": "python", "module": "audit_correlator.chaos.control"}
    probe = python("audit_correlator.chaos.probes", "verdict", expectation=expectation, timeout=20)
    return {
        "title": "A shock of prices",
        "description": "Does the engine halt?",
        "configuration": configuration,
        "controls": [{"name": "audit-correlator", "provider": control}] if controls else [],
        "steady-state-hypothesis": {
            "title": "The engine halts",
            "probes": [{"type": "probe", "name": "halt", "tolerance": ["PASSED"], "provider": probe}]},
        "method": [{
            "type": "action", "name": "shock",
            "provider": python("engine", func, scenario_id="${scenario_id}", **arguments)}],
        "rollbacks": [{
            "type": "action", "name": "calm",
            "provider": python("engine", "shock", scenario_id="${scenario_id}", reaction="market.calm")}]}


EXPERIMENTS = {
    "reacts": experiment("strategy.halted"),
    "does-not-react": experiment(""),
    "crashes": experiment("strategy.crashed"),
    "is-not-triggered": experiment("strategy.halted", expectation="shock-halts"),
    "cannot-inject": experiment("", func="fail", scenario_id="chosen-run"),
    "is-not-told": experiment("strategy.halted", audit_correlator_url=NOBODY),
    "has-no-run": experiment("strategy.halted", controls=False),
    "is-dry": experiment("strategy.halted", scenario_id="dry-run"),
}
OPTIONS = {"is-dry": ["--dry=actions"]}


class Ran:
    """An experiment that has ended: exit code, log and journal."""

    def __init__(self, folder, name, url):
        self.folder = folder
        self.journal_file = folder / f"{name}.journal.json"
        file = folder / f"{name}.json"
        file.write_text(json.dumps(EXPERIMENTS[name]))
        self.process = subprocess.Popen(
            ["chaos", "--no-version-check", "run", "--hypothesis-strategy=after-method-only", "--rollback-strategy=always",
             f"--journal-path={self.journal_file}", *OPTIONS.get(name, []), str(file)],
            env={**os.environ, "AUDIT_CORRELATOR_URL": url, "PYTHONPATH": str(HERE)},
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def end(self):
        self.log = self.process.communicate(timeout=200)[0]
        self.code = self.process.returncode
        self.journal = json.loads(self.journal_file.read_text())
        return self

    @property
    def probe(self):
        return self.journal["steady_states"]["after"]["probes"][0]

    @property
    def run(self):
        return self.journal["run"][0]["output"]


@pytest.fixture(scope="module")
def ran(audit_correlator, tmp_path_factory):
    """All at once, each by its name."""
    folder = tmp_path_factory.mktemp("chaos")
    started = {name: Ran(folder, name, audit_correlator.url) for name in EXPERIMENTS}
    return {name: each.end() for name, each in started.items()}


def events(correlator, run):
    """Those of the control, the oldest first."""
    found = correlator.get("/api/v1/events", scenario_id=run, service="chaostoolkit", order="oldest_first")
    return found["events"]


def test_succeeds_with_the_reaction(ran):
    reacts = ran["reacts"]
    assert reacts.code == 0, reacts.log
    assert (reacts.journal["status"], reacts.journal["deviated"]) == ("completed", False)
    assert reacts.probe["output"]["status"] == "PASSED"


def test_deviates_without_the_reaction_and_tells_why(ran):
    fails = ran["does-not-react"]
    assert fails.code == 1
    assert (fails.journal["status"], fails.journal["deviated"]) == ("completed", True)
    assert fails.probe["output"]["status"] == "FAILED"
    assert "FAILED: halt " in fails.log and "/?view=timeline&run=" in fails.log


def test_deviates_with_what_is_forbidden(ran):
    assert ran["crashes"].journal["deviated"]
    assert "crash" in ran["crashes"].probe["output"]["reason"]


def test_fails_the_probe_without_a_trigger(ran):
    assert ran["is-not-triggered"].journal["deviated"]
    assert ran["is-not-triggered"].probe["status"] == "failed"
    assert "nothing triggered it" in ran["is-not-triggered"].log


def test_fails_the_probe_and_not_the_experiment_where_the_correlator_is_away(ran):
    away = ran["is-not-told"]
    assert away.journal["deviated"] and away.probe["status"] == "failed"
    assert away.journal["run"][0]["status"] == "succeeded"
    assert away.journal["rollbacks"][0]["status"] == "succeeded"
    assert f"are not recorded yet: no answer from {NOBODY}" in away.log


def test_takes_no_placeholder_for_a_run(ran):
    assert ran["has-no-run"].probe["status"] == "failed"
    assert "no run: scenario_id is None" in ran["has-no-run"].log


def test_tells_what_the_experiment_did_and_why(ran, audit_correlator):
    told = events(audit_correlator, ran["reacts"].run)
    assert [event["type"] for event in told] == [
        "chaos.started", "chaos.action.started", "chaos.action.ended",
        "chaos.rollback.started", "chaos.action.started", "chaos.action.ended", "chaos.rollback.ended", "chaos.ended"]
    began, action, acted, rollback, calm, calmed, rolled, ended = told
    causes = [event.get("cause_id") for event in told]
    assert causes == [None, began["id"], action["id"], began["id"], rollback["id"], calm["id"], rollback["id"], began["id"]]
    assert (acted["attributes"]["action"], acted["attributes"]["status"]) == ("shock", "succeeded")
    assert (ended["attributes"]["status"], ended["attributes"]["deviated"]) == ("completed", False)


def test_tells_of_an_action_that_failed_in_the_run_that_was_named(ran, audit_correlator):
    acted = events(audit_correlator, "chosen-run")[2]
    assert (acted["type"], acted["severity"], acted["attributes"]["status"]) == ("chaos.action.ended", "error", "failed")
    assert events(audit_correlator, "chosen-run")[-1]["attributes"]["deviated"]


def test_tells_no_action_that_is_dry(ran, audit_correlator):
    assert ran["is-dry"].journal["deviated"]
    assert [event["type"] for event in events(audit_correlator, "dry-run")] == [
        "chaos.started", "chaos.rollback.started", "chaos.rollback.ended", "chaos.ended"]


def test_is_discovered(tmp_path):
    found = tmp_path / "found.json"
    subprocess.run(["chaos", "--no-version-check", "discover", "--no-install", f"--discovery-path={found}",
                    "audit-correlator-client"], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    assert [each["name"] for each in json.loads(found.read_text())["activities"]] == ["verdict"]


class Flaky:
    """A correlator that is away at first."""

    def __init__(self):
        self.away, self.recorded = True, []

    def record(self, event, timeout):
        if self.away:
            raise CorrelatorError("away")
        self.recorded.append(event)


def test_delivers_in_order_what_waited_for_the_correlator():
    correlator = Flaky()
    told = Told(correlator, "run", "title")
    told.tell("one")
    assert not told.deliver()
    correlator.away = False
    told.tell("two", severity="ERROR", action="a")
    assert [event["type"] for event in correlator.recorded] == ["one", "two"] and told.deliver()


def test_keeps_a_bounded_number_and_never_says_that_all_are_told_then():
    correlator = Flaky()
    told = Told(correlator, "run", "title")
    for _ in range(MAX_KEPT + 1):
        told.tell("one")
    correlator.away = False
    assert not told.deliver() and len(correlator.recorded) == MAX_KEPT
