"""Asks a correlator over HTTP, by the standard library alone. Times are seconds. Safe for threads."""
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

PATIENCE = 30
PAUSE = 0.2
SHOWN = 10


class CorrelatorError(Exception):
    """The correlator is away, refuses, or was not set up: no verdict follows."""


class UnjudgedError(Exception):
    """There is no final verdict in time, or something is left out; the text says which."""


@dataclass(frozen=True)
class Correlator:
    """A correlator by its address, such as http://localhost:8083; token has the roles read and send."""

    url: str
    token: str = os.environ.get("AUDIT_CORRELATOR_TOKEN", "")

    def get(self, path, **parameters):
        """What is there, as JSON."""
        query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
        return self._answer(path + query, None, PATIENCE)

    def record(self, events, timeout=PATIENCE):
        """Records an event or a list of them; when this returns, all are on disk."""
        return self._answer("/api/v1/events", json.dumps(events).encode(), timeout)

    def timeline(self, run):
        """Where people see a run."""
        return f"{self.url}/?view=timeline&run={urllib.parse.quote(run, safe='')}"

    def _answer(self, path, body, timeout):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            request = urllib.request.Request(self.url.rstrip("/") + path, body, headers)
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                found = json.load(answer)
        except urllib.error.HTTPError as e:
            said = e.read().decode(errors="replace")
            raise CorrelatorError(f"{self.url}{path} answered {e.code}: {said}") from e
        except (OSError, ValueError) as e:
            raise CorrelatorError(f"no answer from {self.url}{path}: {e}") from e
        if answer.status == 207:
            raise CorrelatorError(f"not all events are recorded: {json.dumps(found)}")
        return found


@dataclass(frozen=True)
class Verdicts:
    """The final verdicts of one expectation in one run, one for each trigger, at least one."""

    correlator: Correlator
    expectation: str
    run: str
    found: list

    @property
    def status(self):
        """PASSED where all are, else FAILED where one is, else INCONCLUSIVE."""
        statuses = {verdict["status"] for verdict in self.found}
        return next(s for s in ("FAILED", "INCONCLUSIVE", "PASSED") if s in statuses)

    def all(self, status):
        return all(verdict["status"] == status for verdict in self.found)

    @property
    def reason(self):
        """Why each that did not pass is what it is, or why all passed."""
        lacking = [verdict for verdict in self.found if verdict["status"] != "PASSED"]
        return told(lacking or self.found)

    @property
    def timeline(self):
        return self.correlator.timeline(self.run)


def verdicts(correlator, expectation, run, within):
    """Waits until all that was acknowledged before is linked and judged and every verdict is final.

    Raises UnjudgedError where that is not so within that time, no trigger occurred, or something is left
    out, and CorrelatorError where the correlator is away or does not know the expectation.
    """
    name = urllib.parse.quote(expectation, safe="")
    in_force = correlator.get(f"/api/v1/expectations/{name}")
    end = time.monotonic() + within
    links, judged, found = _look(correlator, expectation, run)
    acknowledged = max(each["position"] + each["behind"] for each in (links, judged))
    while not (found and all(v["final"] for v in found) and links["position"] >= acknowledged <= judged["position"]):
        if time.monotonic() > end:
            raise UnjudgedError(
                f"{expectation} has no final verdict in run {run} within {within:g} s: "
                f"{told(found) if found else _untriggered(correlator, run, in_force)}\n"
                f"links at {links}, verdicts at {judged}, of {acknowledged} positions of the log\n"
                f"see {correlator.timeline(run)}")
        time.sleep(PAUSE)
        links, judged, found = _look(correlator, expectation, run)
    report = correlator.get(f"/api/v1/scenarios/{urllib.parse.quote(run, safe='')}", report="json")
    if report.get("incomplete"):
        raise UnjudgedError(f"{expectation} in run {run} cannot be told: {json.dumps(report['incomplete'])}")
    if any(verdict["expectation_version"] != in_force["version"] for verdict in found):
        raise UnjudgedError(f"{expectation} was another when run {run} was judged than now")
    return Verdicts(correlator, expectation, run, found)


def told(found):
    """Status and reason of each verdict, in lines."""
    lines = [f"{v['status']}{'' if v['final'] else ', not final'}: {v['reason']}" for v in found[:SHOWN]]
    return "\n".join(lines + ([f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []))


def _look(correlator, expectation, run):
    links = correlator.get("/api/v1/timelines", scenario_id=run, limit=1)["links_progress"]
    page = correlator.get("/api/v1/verdicts", scenario_id=run, expectation=expectation)
    judged, found = page["verdicts_progress"], page["verdicts"]
    while token := page["next_page_token"]:
        page = correlator.get("/api/v1/verdicts", scenario_id=run, expectation=expectation, page_token=token)
        found = found + page["verdicts"]
    return links, judged, found


def _untriggered(correlator, run, in_force):
    events = correlator.get("/api/v1/events", scenario_id=run, limit=100)["events"]
    seen = ", ".join(sorted({event["type"] for event in events})[:SHOWN]) or "none"
    trigger = json.dumps(in_force["definition"]["when"])
    return f"nothing triggered it, which takes {trigger}; events of the run: {seen}"
