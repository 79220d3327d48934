"""What a correlator seldom answers: it is behind, leaves something out, or its expectation was redefined."""
import pytest

from audit_correlator import client


class Answers:
    """A correlator that says the same; it counts how often it is looked at."""

    def __init__(self):
        self.links = {"position": 10, "behind": 0}
        self.judged = {"position": 10, "behind": 0}
        self.pages = [[verdict("PASSED")]]
        self.report = {}
        self.asked = 0

    def get(self, path, page_token="0", **_):
        if path.startswith("/api/v1/expectations/"):
            return {"version": "v1", "definition": {"when": {"type": "shock"}}}
        if path == "/api/v1/timelines":
            self.asked += 1
            return {"links_progress": self.links}
        if path == "/api/v1/verdicts":
            page = int(page_token)
            more = str(page + 1) if page + 1 < len(self.pages) else ""
            return {"verdicts": self.pages[page], "verdicts_progress": self.judged, "next_page_token": more}
        return self.report if path.startswith("/api/v1/scenarios/") else {"events": []}

    def timeline(self, run):
        return run


def verdict(status, final=True, version="v1"):
    return {"status": status, "final": final, "reason": "because", "expectation_version": version}


def judge(answers):
    return client.verdicts(answers, "shock-halts", "run", 0.5)


@pytest.mark.parametrize("follower", ["links", "judged"])
def test_does_not_pass_while_a_follower_is_behind_what_was_acknowledged(follower):
    answers = Answers()
    setattr(answers, follower, {"position": 9, "behind": 1})
    with pytest.raises(client.UnjudgedError, match="of 10 positions of the log"):
        judge(answers)


def test_does_not_wait_for_what_is_recorded_after_the_call():
    answers = Answers()
    answers.links = answers.judged = {"position": 10, "behind": 0}
    assert judge(answers).status == "PASSED" and answers.asked == 1


def test_reads_all_pages():
    answers = Answers()
    answers.pages = [[verdict("PASSED")], [], [verdict("FAILED")]]
    assert judge(answers).status == "FAILED" and len(judge(answers).found) == 2


def test_does_not_pass_while_one_on_a_later_page_is_not_final():
    answers = Answers()
    answers.pages = [[verdict("PASSED")], [verdict("PASSED", final=False)]]
    with pytest.raises(client.UnjudgedError, match="PASSED, not final: because"):
        judge(answers)


def test_does_not_pass_where_something_is_left_out():
    answers = Answers()
    answers.report = {"incomplete": [{"bound": "MAX_VERDICTS"}]}
    with pytest.raises(client.UnjudgedError, match="MAX_VERDICTS"):
        judge(answers)


def test_does_not_pass_by_another_version_than_the_one_in_force():
    answers = Answers()
    answers.pages = [[verdict("PASSED", version="v0")]]
    with pytest.raises(client.UnjudgedError, match="was another when"):
        judge(answers)


def test_gives_the_worst_of_all_triggers():
    answers = Answers()
    answers.pages = [[verdict("PASSED"), verdict("INCONCLUSIVE")]]
    assert judge(answers).status == "INCONCLUSIVE" and not judge(answers).all("INCONCLUSIVE")
