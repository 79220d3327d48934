"""The program's jar as a process. It ends with its input, which goes with this process in any case."""
import json
import os
import subprocess
import sys
import threading

from audit_correlator.client import CorrelatorError

INHERITED = ("PATH", "HOME", "TMPDIR", "SystemRoot")


class Embedded:
    """Starts one and waits until it is ready: its url. end() ends it, and its data with it."""

    def __init__(self, jar, java, expectations, options):
        command = [java, *options.split(), "-jar", jar, "embedded"]
        if expectations:
            command.append(f"--expectations={expectations}")
        self.process = subprocess.Popen(
            command, env={name: os.environ[name] for name in INHERITED if name in os.environ},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        said = []
        for line in self.process.stdout:
            if line.startswith('{"http":'):
                self.addresses = json.loads(line)
                self.url = self.addresses["http"]
                threading.Thread(target=self._tell_the_rest, daemon=True).start()
                return
            said.append(line)
        raise CorrelatorError(f"the correlator does not start, it ended: {''.join(said)}")

    def _tell_the_rest(self):
        for line in self.process.stdout:
            sys.stderr.write(line)

    def end(self):
        self.process.stdin.close()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise CorrelatorError(f"it did not end, its data stay: {self.addresses}") from None
