"""What a correlator seldom answers: it is behind, leaves something out, or its expectation was redefined."""
import http.server
import threading
import time

import pytest

from audit_correlator import client


class Answers:
    """A correlator that says the same; it keeps what it was asked."""

    def __init__(self, *statuses, settled=True, occurrences=None, incomplete=()):
        self.asked = []
        counts = {status: statuses.count(status) for status in statuses}
        self.outcome = {
            "status": next(s for s in ("FAILED", "INCONCLUSIVE", "PENDING", "PASSED") if s in statuses or s == "PASSED"),
            "settled": settled, "as_of": "log-10", "reason": "links have come to position 9 of 10",
            "expectations": [{"occurrences": occurrences or len(statuses), "statuses": counts, "deciding": [
                {"status": status, "final": settled, "reason": "because"} for status in statuses]}]}
        if incomplete:
            self.outcome["incomplete"] = incomplete

    def get(self, path, **parameters):
        if path.endswith("/outcome"):
            time.sleep(0.1)  # As one that waits.
            self.asked.append(parameters)
            return self.outcome
        if path.startswith("/api/v1/expectations/"):
            return {"version": "v1", "definition": {"when": {"type": "shock"}}}
        return {"events": []}

    def timeline(self, run):
        return run


def judge(answers):
    return client.verdicts(answers, "shock-halts", "run", 0.5)


def test_asks_again_with_the_place_of_the_first_answer():
    answers = Answers("PENDING", settled=False)
    with pytest.raises(client.UnjudgedError, match="PENDING, not final: because"):
        judge(answers)
    assert "as_of" not in answers.asked[0] and answers.asked[1]["as_of"] == "log-10"
    assert answers.asked[0]["expectation"] == "shock-halts" and len(answers.asked) < 10


def test_tells_what_is_behind():
    with pytest.raises(client.UnjudgedError, match="links have come to position 9 of 10"):
        judge(Answers("PASSED", settled=False))


def test_asks_no_more_once_it_is_settled():
    answers = Answers("PASSED")
    assert judge(answers).status == "PASSED" and len(answers.asked) == 1


def test_does_not_pass_where_something_is_left_out():
    with pytest.raises(client.UnjudgedError, match="MAX_VERDICTS"):
        judge(Answers("PASSED", incomplete=[{"bound": "MAX_VERDICTS"}]))


def test_does_not_pass_by_another_version_than_the_one_in_force():
    with pytest.raises(client.UnjudgedError, match="cannot be told"):
        judge(Answers("PASSED", occurrences=2))


def test_gives_the_worst_of_all_triggers():
    found = judge(Answers("PASSED", "INCONCLUSIVE"))
    assert found.status == "INCONCLUSIVE" and not found.all("INCONCLUSIVE") and found.triggers == 2


def test_passes_only_where_the_run_does():
    answers = Answers("PASSED")
    answers.outcome["status"] = "INCONCLUSIVE"
    assert not judge(answers).all("PASSED")


class Busy(http.server.BaseHTTPRequestHandler):
    refused = 0

    def do_GET(self):
        Busy.refused += 1
        self.send_response(429 if Busy.refused < 3 else 200)
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *arguments):
        pass


def test_asks_again_where_the_correlator_is_busy():
    server = http.server.HTTPServer(("127.0.0.1", 0), Busy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert client.Correlator(f"http://127.0.0.1:{server.server_port}").get("/") == {} and Busy.refused == 3
    finally:
        server.shutdown()
