"""The events of experiments on their way to a correlator: in order, kept while it is away."""
import logging
import threading
import uuid
from collections import deque
from datetime import datetime, timezone

from audit_correlator.client import CorrelatorError

TIMEOUT = 2
MAX_KEPT = 1000
logger = logging.getLogger("chaostoolkit")


class Told:
    """What one experiment tells. A correlator that is away costs 2 s an event at most, and is told later."""

    def __init__(self, correlator, run, experiment):
        self.correlator = correlator
        self.run = run
        self.experiment = experiment
        self.kept = deque()
        self.lost = 0
        self.lock = threading.RLock()

    def tell(self, kind, cause=None, severity="INFO", **attributes):
        """Makes an event of now, sends it after those that wait, and gives its id."""
        event = {
            "id": f"chaos-{uuid.uuid4()}",
            "service": "chaostoolkit",
            "type": kind,
            "severity": severity,
            "occurred_at": datetime.now(timezone.utc).isoformat(),
            "scenario_id": self.run,
            "attributes": {"experiment": self.experiment, **attributes},
        }
        if cause:
            event["cause_id"] = cause
        with self.lock:
            if len(self.kept) == MAX_KEPT:
                self.lost += 1
            else:
                self.kept.append(event)
            self.deliver()
        return event["id"]

    def deliver(self):
        """Sends what waits; says in the log what does not go, and whether all went, now and before."""
        with self.lock:
            while self.kept:
                try:
                    self.correlator.record(self.kept[0], TIMEOUT)
                except CorrelatorError as e:
                    logger.warning(f"{len(self.kept)} events of run {self.run} are not recorded yet: {e}")
                    break
                self.kept.popleft()
            if self.lost:
                logger.warning(f"{self.lost} events of run {self.run} were dropped, as {MAX_KEPT} waited")
            return not self.kept and not self.lost
