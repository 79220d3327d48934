"""What every service of the ecosystem does for its neighbours: joins the registry, tells its health, reports events.

Python's standard library is all it needs.
"""
import http.server
import json
import os
import queue
import signal
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

HEARTBEAT_SECONDS = 30
RECORD_SECONDS = 90
PATIENCE_SECONDS = 5
RETRY_SECONDS = 2
MAX_WAITING_EVENTS = 10_000
MAX_BATCH = 500
UNAVAILABLE = (OSError, urllib.error.URLError, LookupError)


def now():
    """The time as RFC 3339 with nanoseconds."""
    nanos = time.time_ns()
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(nanos // 10**9)) + f".{nanos % 10**9:09d}Z"


class Redis:
    """Commands to a Redis, each on a connection of its own; texts in and out."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.address = (parts.hostname, parts.port or 6379)

    def command(self, *words):
        """Gives what Redis answers: a text, an integer, a list or None.

        Raises OSError if it does not answer, or answers with an error.
        """
        with socket.create_connection(self.address, PATIENCE_SECONDS) as connection, connection.makefile("rwb") as file:
            file.write(b"*%d\r\n" % len(words))
            for word in (str(word).encode() for word in words):
                file.write(b"$%d\r\n%s\r\n" % (len(word), word))
            file.flush()
            return self._answer(file)

    def _answer(self, file):
        line = file.readline().rstrip(b"\r\n").decode()
        kind, rest = line[:1], line[1:]
        if kind == "$":
            return None if rest == "-1" else file.read(int(rest) + 2)[:-2].decode()
        if kind == "*":
            return [self._answer(file) for _ in range(int(rest))]
        if kind not in ("+", ":"):
            raise OSError(f"Redis: {rest or 'no answer'}")
        return int(rest) if kind == ":" else rest


class Registry:
    """Where services are, in Redis, in the two layouts that the services here and the audit correlator write."""

    def __init__(self, redis):
        self.redis = redis

    def announce_hash(self, name, host, http_port, since):
        """Layout B: nine fields in registry:services:{name}, times as seconds since the epoch."""
        key = f"registry:services:{name}"
        self.redis.command(
            "HSET", key, "name", name, "version", "1.0.0", "host", host, "http_port", http_port, "grpc_port", 0,
            "status", "healthy", "metadata", "{}", "registered_at", since, "last_heartbeat", time.time())
        self.redis.command("EXPIRE", key, RECORD_SECONDS)
        return key

    def announce_json(self, name, host, http_port, since):
        """Layout E: JSON in services:{name}:{host}:{port}."""
        key = f"services:{name}:{host}:{http_port}"
        record = {"name": name, "version": "1.0.0", "host": host, "http_port": http_port, "status": "healthy",
                  "registered_at": since, "last_seen": now()}
        self.redis.command("SET", key, json.dumps(record), "EX", RECORD_SECONDS)
        return key

    def address(self, name):
        """The address of a service's HTTP port, like http://host:8083; LookupError if nobody has registered."""
        fields = self.redis.command("HGETALL", f"registry:services:{name}")
        record = dict(zip(fields[::2], fields[1::2]))
        if not record:
            cursor, keys = "0", []
            while not keys:
                cursor, keys = self.redis.command("SCAN", cursor, "MATCH", f"services:{name}:*:*", "COUNT", 1000)
                if cursor == "0":
                    break
            value = self.redis.command("GET", keys[0]) if keys else None
            record = json.loads(value) if value else {}
        if not record:
            raise LookupError(f"no {name} in the registry")
        return f"http://{record['host']}:{record['http_port']}"


class Events:
    """Reports events to the audit correlator, wherever the registry says it is, in order and until it has them.

    Events have ids and times of their own, so one that is sent twice is stored once. A caller waits
    while MAX_WAITING_EVENTS wait.
    """

    def __init__(self, service, instance, registry):
        self.common = {"service": service, "instance": instance}
        self.registry = registry
        self.waiting = queue.Queue(MAX_WAITING_EVENTS)
        threading.Thread(target=self._send_all, daemon=True, name="events").start()

    def report(self, kind, **fields):
        self.waiting.put({"id": str(uuid.uuid4()), "type": kind, "occurred_at": now(), **self.common, **fields})

    def _send_all(self):
        while True:
            batch = [self.waiting.get()]
            while len(batch) < MAX_BATCH and not self.waiting.empty():
                batch.append(self.waiting.get())
            while not self._sent("\n".join(map(json.dumps, batch)).encode()):
                time.sleep(RETRY_SECONDS)

    def _sent(self, body):
        """Whether that is settled: stored, or refused for good."""
        try:
            url = self.registry.address("audit-correlator") + "/api/v1/events"
            request = urllib.request.Request(url, body, {"Content-Type": "application/x-ndjson"})
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                answer.read()
            return True
        except urllib.error.HTTPError as e:
            print(f"events: {e.code} {e.read(500).decode(errors='replace')}", flush=True)
            return e.code < 500 and e.code != 429
        except UNAVAILABLE as e:
            print(f"events wait: {e}", flush=True)
            return False


class Service:
    """A running service: its HTTP port with GET /api/v1/health, its place in the registry, its events."""

    def __init__(self, name, announce):
        self.name = name
        self.host = os.environ.get("SERVICE_HOST") or socket.gethostname()
        self.registry = Registry(Redis(os.environ.get("REDIS_URL", "redis://localhost:6379")))
        self.events = Events(name, os.environ.get("SERVICE_INSTANCE_NAME", f"{name}-1"), self.registry)
        self.posts = {}
        self.server = http.server.ThreadingHTTPServer(("", int(os.environ.get("HTTP_PORT", "8080"))), self._handler())
        self._announce = lambda since: announce(self.registry, name, self.host, self.server.server_port, since)
        self._key = None

    def on_post(self, path, handle):
        """Answers POST on a path: handle takes the JSON and the headers, and gives JSON."""
        self.posts[path] = handle

    def run(self):
        """Serves until SIGTERM or Ctrl-C, then leaves the registry."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=self.server.shutdown).start())
        threading.Thread(target=self._stay_registered, daemon=True, name="registration").start()
        print(f"{self.name} serves at http://{self.host}:{self.server.server_port}", flush=True)
        self.server.serve_forever(poll_interval=0.1)
        self._leave()

    def _leave(self):
        try:
            if self._key:
                self.registry.redis.command("DEL", self._key)
        except OSError as e:
            print(f"the record stays until it expires: {e}", flush=True)

    def _stay_registered(self):
        since, connected = time.time(), None
        while True:
            try:
                self._key = self._announce(since)
                pause, found = HEARTBEAT_SECONDS, "registered"
            except OSError as e:
                pause, found = RETRY_SECONDS, f"not registered: {e}"
            if found != connected:
                print(found, flush=True)
                connected = found
            time.sleep(pause)

    def _handler(service):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if self.path != "/api/v1/health":
                    return self._answer(404, {"error": f"no {self.path} here"})
                self._answer(200, {"status": "healthy", "service": service.name})

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if self.path not in service.posts:
                    return self._answer(404, {"error": f"no {self.path} here"})
                try:
                    self._answer(202, service.posts[self.path](json.loads(body), self.headers))
                except (ValueError, KeyError) as e:
                    self._answer(400, {"error": repr(e)})

            def _answer(self, code, document):
                body = json.dumps(document).encode()
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler
