"""Asks a correlator over HTTP, by the standard library alone. Times are seconds. Safe for threads."""
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

PATIENCE = 30
MAX_POLL_MILLIS = 15_000
MAX_BUSY = 6
MAX_PAUSE = 10.0
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

    def _answer(self, path, body, timeout, attempt=1):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            request = urllib.request.Request(self.url.rstrip("/") + path, body, headers)
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                found = json.load(answer)
        except urllib.error.HTTPError as e:
            if e.code == 429 and attempt <= MAX_BUSY:
                time.sleep(max(0.0, min(float(e.headers.get("Retry-After", 1)), MAX_PAUSE)))
                return self._answer(path, body, timeout, attempt + 1)
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
    run: str
    outcome: dict

    @property
    def status(self):
        """PASSED where all are, else FAILED where one is, else INCONCLUSIVE."""
        return self.outcome["status"]

    @property
    def triggers(self):
        return self.outcome["expectations"][0]["occurrences"]

    def all(self, status):
        return self.status == status and self.outcome["expectations"][0]["statuses"].get(status) == self.triggers

    @property
    def reason(self):
        """Why those of the status are what they are, and how many there are of each."""
        return told(self.outcome)

    @property
    def timeline(self):
        return self.correlator.timeline(self.run)


def verdicts(correlator, expectation, run, within, all_final=True):
    """Waits until all that was acknowledged before is linked and judged and every verdict is final.

    Without all_final one that has failed for good is enough. Raises UnjudgedError where that is not so within that
    time, no trigger occurred, or something is left out, and CorrelatorError where the correlator is away or does not
    know the expectation.
    """
    name = urllib.parse.quote(expectation, safe="")
    in_force = correlator.get(f"/api/v1/expectations/{name}")
    outcome = _settled(correlator, run, within, expectation=expectation, all_final=str(all_final).lower())
    found = outcome["expectations"][0] if outcome["expectations"] else {}
    if not outcome["settled"]:
        raise UnjudgedError(
            f"{expectation} has no final verdict in run {run} within {within:g} s: "
            f"{told(outcome) if found.get('occurrences') else _untriggered(correlator, run, in_force)}\n"
            f"{outcome['reason']}\nsee {correlator.timeline(run)}")
    if outcome.get("incomplete"):
        raise UnjudgedError(f"{expectation} in run {run} cannot be told: {json.dumps(outcome['incomplete'])}")
    if not found or sum(found["statuses"].values()) != found["occurrences"]:
        raise UnjudgedError(f"{expectation} in run {run} cannot be told: {outcome['reason']}")
    return Verdicts(correlator, run, outcome)


def told(outcome):
    """Status and reason of each verdict that decides, in lines, and how many verdicts have which status."""
    found = outcome["expectations"][0]
    lines = [f"{v['status']}{'' if v['final'] else ', not final'}: {v['reason']}" for v in found["deciding"][:SHOWN]]
    return "\n".join([*lines, f"verdicts: {json.dumps(found['statuses'])}"])


def _settled(correlator, run, within, **question):
    """The correlator answers when it knows; it is asked again until the time is over."""
    end = time.monotonic() + within
    while True:
        left = max(0, int((end - time.monotonic()) * 1000))
        outcome = correlator.get(f"/api/v1/scenarios/{urllib.parse.quote(run, safe='')}/outcome",
                                 wait=f"{min(left, MAX_POLL_MILLIS)}ms", **question)
        if outcome["settled"] or not left:
            return outcome
        question["as_of"] = outcome["as_of"]


def _untriggered(correlator, run, in_force):
    events = correlator.get("/api/v1/events", scenario_id=run, limit=100)["events"]
    seen = ", ".join(sorted({event["type"] for event in events})[:SHOWN]) or "none"
    trigger = json.dumps(in_force["definition"]["when"])
    return f"nothing triggered it, which takes {trigger}; events of the run: {seen}"
