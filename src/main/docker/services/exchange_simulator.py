"""Accepts orders and fills them a moment later, and reports both; registered as the simulators are (layout E)."""
import random
import secrets
import threading

from neighbour import Registry, Service

SECONDS_TO_FILL = (0.1, 0.8)


def accept(order, headers):
    _, trace, parent, _ = headers["traceparent"].split("-")
    attributes = {"order_id": order["order_id"], "symbol": order["symbol"]}
    span = secrets.token_hex(8)
    exchange.events.report("order.accepted", trace_id=trace, span_id=span, parent_span_id=parent, attributes=attributes)
    fill = {"trace_id": trace, "span_id": secrets.token_hex(8), "parent_span_id": span, "attributes": attributes}
    threading.Timer(random.uniform(*SECONDS_TO_FILL), exchange.events.report, ["order.filled"], fill).start()
    return {"order_id": order["order_id"], "status": "accepted"}


exchange = Service("exchange-simulator", Registry.announce_json)
exchange.on_post("/api/v1/orders", accept)
exchange.run()
