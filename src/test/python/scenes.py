"""What people write; test_pytest_plugin.py runs these."""
from datetime import datetime, timedelta, timezone

NOW = datetime.now(timezone.utc)


def event(kind, seconds):
    return {"service": "engine", "type": kind, "occurred_at": (NOW + timedelta(seconds=seconds)).isoformat()}


SHOCK, HALT, LATE_HALT = event("market.price.shock", 0), event("strategy.halted", 0.5), event("strategy.halted", 1.5)


def test_passes(audit_run, expect_verdict):
    audit_run.record(SHOCK, HALT)
    expect_verdict("shock-halts")


def test_lacks_the_reaction(audit_run, expect_verdict):
    audit_run.record(SHOCK)
    expect_verdict("shock-halts")


def test_reacts_too_late(audit_run, expect_verdict):
    audit_run.record(SHOCK, LATE_HALT)
    expect_verdict("shock-halts")


def test_expects_a_failure(audit_run, expect_verdict):
    audit_run.record(SHOCK)
    expect_verdict("shock-halts", status="FAILED")


def test_expects_a_failure_of_what_cannot_be_told(audit_run, expect_verdict):
    audit_run.record(HALT)
    expect_verdict("halt-resumes", status="FAILED")


def test_has_no_trigger(audit_run, expect_verdict):
    audit_run.record(event("order.placed", 0))
    expect_verdict("shock-halts", within=1)


def test_looks_ahead(audit_run, expect_verdict):
    audit_run.record(SHOCK, HALT, event("market.price.shock", 1800))
    expect_verdict("shock-halts", within=0.1)


def test_passes_once_of_twice(audit_run, expect_verdict):
    audit_run.record(SHOCK, HALT, event("market.price.shock", 5))
    expect_verdict("shock-halts")


def test_expects_the_unknown(audit_run, expect_verdict):
    expect_verdict("nothing-of-the-kind")


def test_expects_nonsense(audit_run, expect_verdict):
    expect_verdict("shock-halts", status="PENDING")


def test_forgets_to_call(expect_verdict):
    pass


def test_records_nonsense(audit_run):
    audit_run.record(SHOCK, {"service": "engine"})
