#!/usr/bin/env python3
"""A peer in another language.

    peer.py grpc    grpc.health.v1 and risk.v1.RiskMonitorService, as the protos in proto/ have them
    peer.py http    a risk monitor's REST interface alone

Prints the port it listens on. Then a line on its input changes what it does:

    slow SECONDS    every answer takes so long
    fail CODE       every answer of risk.v1 is this gRPC status
    well            neither
    down, up        what health says

It ends when its input does. Messages are written by hand, so that no stubs need generating.
"""
import http.server
import json
import struct
import sys
import threading
import time
from concurrent import futures

state = {"slow": 0.0, "fail": "", "up": True, "traceparent": ""}
METRICS = [("exposure", 125000.5, "USD"), ("value_at_risk", 1234.25, "USD")]


def field(number, payload):
    """A length-delimited field of protobuf; payloads here are shorter than 128 bytes."""
    return bytes([number << 3 | 2, len(payload)]) + payload


def risk_metrics(wanted):
    answer = b""
    for name, value, unit in METRICS:
        if not wanted or name in wanted:
            metric = field(1, name.encode()) + b"\x11" + struct.pack("<d", value) + field(3, unit.encode())
            answer += field(1, metric)
    return answer + field(2, b"\x08" + varint(1_700_000_000))


def varint(number):
    encoded = b""
    while number > 127:
        encoded += bytes([number & 127 | 128])
        number >>= 7
    return encoded + bytes([number])


def names(request):
    found = []
    while request:
        length = request[1]
        found.append(request[2 : 2 + length].decode())
        request = request[2 + length :]
    return found


def serve_grpc():
    import grpc
    from grpc_health.v1 import health, health_pb2, health_pb2_grpc

    def get_risk_metrics(request, context):
        time.sleep(state["slow"])
        if state["fail"]:
            context.abort(grpc.StatusCode[state["fail"]], "as it was told")
        if not dict(context.invocation_metadata()).get("traceparent", "").startswith("00-"):
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "no traceparent")
        if context.time_remaining() is None:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "no deadline")
        return risk_metrics(names(request))

    server = grpc.server(futures.ThreadPoolExecutor(32))
    checks = health.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(checks, server)
    server.add_generic_rpc_handlers(
        [
            grpc.method_handlers_generic_handler(
                "risk.v1.RiskMonitorService",
                {"GetRiskMetrics": grpc.unary_unary_rpc_method_handler(get_risk_metrics)},
            )
        ]
    )
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()

    def tell():
        serving = health_pb2.HealthCheckResponse.SERVING if state["up"] else health_pb2.HealthCheckResponse.NOT_SERVING
        checks.set("", serving)

    tell()
    # A server that nobody refers to is stopped.
    return port, tell, server


class Rest(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(state["slow"])
        if self.path == "/api/v1/health":
            body = {"status": "healthy" if state["up"] else "unhealthy"}
        elif self.path == "/api/v1/risk/metrics":
            body = {"exposure": 99.5, "limits": {"breached": 2}, "level": "HIGH"}
        else:
            self.send_error(404)
            return
        payload = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *arguments):
        pass


def serve_http():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Rest)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port, lambda: None, server


port, tell, running = serve_grpc() if sys.argv[1] == "grpc" else serve_http()
print(port, flush=True)
for line in sys.stdin:
    command, _, argument = line.strip().partition(" ")
    if command == "slow":
        state["slow"] = float(argument)
    elif command == "fail":
        state["fail"] = argument
    elif command == "well":
        state.update(slow=0.0, fail="")
    elif command in ("up", "down"):
        state["up"] = command == "up"
    tell()
    print("done", flush=True)
