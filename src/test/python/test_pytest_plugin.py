"""scenes.py, as pytest runs it, with a correlator that runs already: the one of these tests."""
import os
import pathlib
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from audit_correlator.client import Correlator, CorrelatorError
from audit_correlator.embedded import Embedded

HERE = pathlib.Path(__file__).parent


def run_scenes(folder, url, *options):
    """Their failures by name, "" for none."""
    report = folder / "report.xml"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}",
         str(HERE / "scenes.py"), *options],
        env={**os.environ, "AUDIT_CORRELATOR_URL": url}, cwd=folder, capture_output=True, timeout=300, check=False)
    return {case.get("name"): "".join(f"{f.tag} {f.get('message')} {f.text}" for f in case)
            for case in ElementTree.parse(report).iter("testcase")}


@pytest.fixture(scope="module")
def outcome(audit_correlator, tmp_path_factory):
    found = run_scenes(tmp_path_factory.mktemp("scenes"), audit_correlator.url)
    return lambda name: found[f"test_{name}"]


def test_passes_with_the_reaction(outcome):
    assert outcome("passes") == ""


def test_tells_the_reason_and_the_timeline_without_the_reaction(outcome, audit_correlator):
    said = outcome("lacks_the_reaction")
    assert "shock-halts is not PASSED in run test_lacks_the_reaction-" in said
    assert "FAILED: halt " in said
    assert f"see {audit_correlator.url}/?view=timeline&run=test_lacks_the_reaction-" in said


def test_tells_the_nearest_miss(outcome):
    assert "FAILED: halt came 500 ms too late" in outcome("reacts_too_late")


def test_passes_on_a_failure_that_is_expected(outcome):
    assert outcome("expects_a_failure") == ""


def test_does_not_take_inconclusive_for_failed(outcome):
    assert "INCONCLUSIVE: resumption cannot be judged" in outcome("expects_a_failure_of_what_cannot_be_told")


def test_fails_without_a_trigger_and_tells_what_came(outcome):
    said = outcome("has_no_trigger")
    assert "shock-halts has no final verdict" in said and "nothing triggered it" in said
    assert "events of the run: order.placed" in said


def test_does_not_pass_on_what_is_not_final(outcome):
    assert "has no final verdict in run" in outcome("looks_ahead")


def test_fails_if_one_of_two_is_not_as_expected(outcome):
    assert "FAILED: halt " in outcome("passes_once_of_twice")


def test_raises_where_the_expectation_is_unknown(outcome):
    assert "CorrelatorError" in outcome("expects_the_unknown")
    assert "There is no expectation nothing-of-the-kind" in outcome("expects_the_unknown")


def test_knows_no_status_that_is_not_final(outcome):
    assert "no final verdict is PENDING" in outcome("expects_nonsense")


def test_fails_a_test_that_asks_and_does_not_call(outcome):
    assert "did not call it" in outcome("forgets_to_call")


def test_raises_where_not_all_is_recorded(outcome):
    assert "MISSING_FIELD" in outcome("records_nonsense")


def test_raises_where_the_correlator_is_away(tmp_path):
    said = run_scenes(tmp_path, "http://127.0.0.1:1", "-k", "test_expects_the_unknown")
    assert "CorrelatorError: no answer from http://127.0.0.1:1/" in said["test_expects_the_unknown"]


def test_says_why_none_starts(pytestconfig):
    with pytest.raises(CorrelatorError, match="/no/such.jar"):
        Embedded("/no/such.jar", os.environ["AUDIT_CORRELATOR_JAVA"], "", "")


def test_asks_with_a_token(audit_correlator):
    with pytest.raises(CorrelatorError, match="answered 401"):
        Correlator(audit_correlator.url, "nobody's").get("/api/v1/verdicts")
