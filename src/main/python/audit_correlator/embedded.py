"""The program's jar as a process on free ports of the loopback, without neighbours, in a folder of its own."""
import atexit
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from audit_correlator.client import CorrelatorError

READY = re.compile(r'"service\.ready".*"http":"(.+?)"')
INHERITED = ("PATH", "HOME", "TMPDIR", "SystemRoot")
PATIENCE = 120


class Embedded:
    """Starts one and waits until it is ready: its url. end() ends it, and its data with it."""

    def __init__(self, jar, java, expectations, options):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="audit-correlator"))
        (self.folder / "app.yaml").touch()
        self.output = self.folder / "output"
        definitions = [f"-Dscenario.expectations={pathlib.Path(expectations).resolve()}"] if expectations else []
        command = [
            java, *options.split(), *definitions, "-Dserver.http.host=127.0.0.1", "-Dserver.http.port=0",
            "-Dserver.grpc.host=127.0.0.1", "-Dserver.grpc.port=0",
            "-Dregistry.backend=in-process", "-Dconfiguration.address=off", "-Dpeers.known=",
            "-Dlogging.format=json", "-Dstore.path=data",
            "-jar", str(pathlib.Path(jar).resolve()), "--config", "app.yaml"]
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
        atexit.register(self.end)
        try:
            with self.output.open("wb") as output:
                self.process = subprocess.Popen(
                    command, cwd=self.folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
            self.url = self._ready()
        except BaseException:
            self.end()
            raise

    def _ready(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            ended = self.process.poll() is not None
            output = self.output.read_text(errors="replace")
            if ready := READY.search(output):
                return ready.group(1)
            if ended:
                break
            time.sleep(0.1)
        raise CorrelatorError(f"the correlator ended, or took more than {PATIENCE} s: {output}")

    def end(self):
        atexit.unregister(self.end)
        process = getattr(self, "process", None)
        if process and process.poll() is None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
