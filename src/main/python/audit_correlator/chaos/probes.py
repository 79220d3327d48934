"""Probes of Chaos Toolkit."""
import logging
from typing import Any, Dict, Optional

from chaoslib.exceptions import ActivityFailed

from audit_correlator.chaos import control
from audit_correlator.client import CorrelatorError, UnjudgedError, verdicts

__all__ = ["verdict"]
logger = logging.getLogger("chaostoolkit")


def verdict(expectation: str, scenario_id: Optional[str] = None, timeout: float = 60,
            configuration: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
    """The final verdict of an expectation in a run, by default the run of this experiment.

    Waits up to timeout seconds, which must cover the windows of the expectation and its lateness. Gives status
    (PASSED where each trigger's verdict is, else FAILED where one is, else INCONCLUSIVE), reason, triggers and
    timeline; the tolerance of who wants nothing but PASSED is [PASSED]. The probe fails where there is no final
    verdict in time, no trigger occurred, something is left out, or the correlator is away.
    """
    run = scenario_id or (configuration or {}).get("scenario_id")
    if not run or "${" in run:
        raise ActivityFailed(f"no run: scenario_id is {run!r}; name it, or use audit_correlator.chaos.control")
    if not control.all_told():
        raise ActivityFailed("not all that this experiment told is recorded, so that it cannot be judged")
    try:
        found = verdicts(control.correlator(configuration), expectation, run, float(timeout))
    except (CorrelatorError, UnjudgedError) as e:
        raise ActivityFailed(str(e)) from e
    logger.info(f"{expectation} in run {run}: {found.status}: {found.reason}\nsee {found.timeline}")
    return {"status": found.status, "reason": found.reason, "triggers": found.triggers, "timeline": found.timeline}
