"""However the process of the tests ends, its correlator ends with it."""
import json
import os
import pathlib
import subprocess
import sys
import time

TESTS = """
import json, os, sys, time
from audit_correlator.embedded import Embedded
embedded = Embedded(*sys.argv[1:])
print(json.dumps({**embedded.addresses, "pid": embedded.process.pid}), flush=True)
time.sleep(600)
"""


def test_ends_with_a_process_that_is_killed():
    setting = [os.environ[f"AUDIT_CORRELATOR_{name}"] for name in ("JAR", "JAVA", "EXPECTATIONS", "OPTIONS")]
    tests = subprocess.Popen([sys.executable, "-c", TESTS, *setting], stdout=subprocess.PIPE, text=True)
    correlator = json.loads(tests.stdout.readline())
    assert is_alive(correlator["pid"])
    tests.kill()
    tests.wait()
    deadline = time.monotonic() + 120
    while is_alive(correlator["pid"]):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert not pathlib.Path(correlator["folder"]).exists()


def is_alive(pid):
    """Not so of one that has ended and is still listed."""
    try:
        return " Z " not in pathlib.Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
