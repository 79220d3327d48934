"""Places an order at the exchange every ORDER_SECONDS, and reports it; registered as the engine is (layout B)."""
import itertools
import json
import os
import random
import secrets
import threading
import time
import urllib.request

from neighbour import PATIENCE_SECONDS, Registry, Service, UNAVAILABLE

SYMBOLS = ("BTC/USDX", "ETH/USDX", "SOL/USDX")


def place(service, number):
    trace, span = secrets.token_hex(16), secrets.token_hex(8)
    order = {"order_id": f"ORD-{int(time.time())}-{number}", "symbol": random.choice(SYMBOLS),
             "quantity": random.randint(1, 100), "strategy_id": "rebalancing"}
    service.events.report("order.placed", trace_id=trace, span_id=span, attributes=order)
    try:
        exchange = service.registry.address("exchange-simulator")
        request = urllib.request.Request(exchange + "/api/v1/orders", json.dumps(order).encode(),
                                         {"traceparent": f"00-{trace}-{span}-01"})
        urllib.request.urlopen(request, timeout=PATIENCE_SECONDS).close()
    except UNAVAILABLE as e:
        service.events.report("order.failed", severity="WARNING", message=str(e), trace_id=trace,
                              parent_span_id=span, attributes={"order_id": order["order_id"]})


def place_all(service):
    for number in itertools.count(1):
        time.sleep(float(os.environ.get("ORDER_SECONDS", "1")))
        place(service, number)


engine = Service("trading-system-engine", Registry.announce_hash)
threading.Thread(target=place_all, args=[engine], daemon=True, name="orders").start()
engine.run()
