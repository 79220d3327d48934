"""Fixtures of pytest: a test passes only with the verdict of an expectation in the run of this test.

Settings are variables such as AUDIT_CORRELATOR_URL, or options of pytest's configuration file such as
audit_correlator_url: `url` of one that runs, else `jar` of one to be started with `java`, `expectations` (a
folder) and `options` of the JVM.
"""
import os
import uuid
from dataclasses import dataclass

import pytest

from audit_correlator import client
from audit_correlator.embedded import Embedded

SETTINGS = {
    "url": "the address of a correlator that runs",
    "jar": "the program's jar with its libs beside it, of a correlator to be started",
    "java": "a java of 21 or later for the jar; that of the path",
    "expectations": "the folder of expectations of a started one",
    "options": "options of its JVM, such as -Dscenario.allowed-lateness=1s",
}


ENDED_WELL = pytest.StashKey[bool]()


@dataclass(frozen=True)
class Run:
    """One test as a run: what the test causes sends `id` as scenario_id."""

    id: str
    correlator: client.Correlator

    def record(self, *events):
        """Records events, with the run's id where they have none; then they are on disk."""
        self.correlator.record([{"scenario_id": self.id, **event} for event in events])


def pytest_addoption(parser):
    for name, what in SETTINGS.items():
        parser.addini(f"audit_correlator_{name}", what, default="")


def pytest_runtest_makereport(item, call):
    if call.when == "call":
        item.stash[ENDED_WELL] = call.excinfo is None


@pytest.fixture(scope="session")
def audit_correlator(pytestconfig):
    """The correlator that runs, or one for all tests of this session."""
    def setting(name):
        return os.environ.get(f"AUDIT_CORRELATOR_{name.upper()}") or pytestconfig.getini(f"audit_correlator_{name}")

    if url := setting("url"):
        yield client.Correlator(url)
        return
    jar = setting("jar")
    if not jar:
        raise client.CorrelatorError(
            "no correlator: set AUDIT_CORRELATOR_URL to the address of a running one, "
            "or AUDIT_CORRELATOR_JAR to the program's jar")
    embedded = Embedded(jar, setting("java") or "java", setting("expectations"), setting("options"))
    yield client.Correlator(embedded.url)
    embedded.end()


@pytest.fixture
def audit_run(request, audit_correlator):
    """The run of this test; every test, and every repetition of one, is a run of its own."""
    return Run(f"{request.node.name[:180]}-{uuid.uuid4()}", audit_correlator)


@pytest.fixture
def expect_verdict(request, audit_run):
    """expect_verdict(expectation, status="PASSED", within=30) waits, and fails unless each verdict is that.

    A test that asks for it must call it.
    """
    calls = []

    def expect(expectation, status="PASSED", within=30):
        __tracebackhide__ = True
        calls.append(expectation)
        if status not in ("PASSED", "FAILED", "INCONCLUSIVE"):
            raise ValueError(f"no final verdict is {status}; there are PASSED, FAILED, INCONCLUSIVE")
        try:
            found = client.verdicts(audit_run.correlator, expectation, audit_run.id, within, status == "FAILED")
        except client.UnjudgedError as e:
            pytest.fail(str(e), pytrace=False)
        if not found.all(status):
            what = f"{expectation} is not {status} in run {audit_run.id}"
            pytest.fail(f"{what}\n{found.reason}\nsee {found.timeline}", pytrace=False)

    yield expect
    if not calls and request.node.stash.get(ENDED_WELL, False):
        pytest.fail("this test asked for expect_verdict and did not call it", pytrace=False)
