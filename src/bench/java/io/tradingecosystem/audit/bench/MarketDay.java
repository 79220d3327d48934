package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Events as a trading system tells them, about 300 bytes of JSON without the names: 20 of each
 * trace, 64 traces at a time, each trace one order of one symbol. The same number gives the same
 * event.
 */
final class MarketDay {
    static final int OF_A_TRACE = 20;

    private static final int AT_A_TIME = 64;
    private static final int BLOCK = OF_A_TRACE * AT_A_TIME;
    private static final long OPENING = 1_767_261_600_000_000_000L;
    private static final long NANOS_BETWEEN = 10_000;
    private static final String[] SERVICES = {
        "order-gateway", "risk-monitor", "trading-system-engine", "exchange-simulator", "custodian"
    };
    private static final String[] TYPES = {
        "order.received", "order.checked", "order.routed", "order.filled", "settlement.booked"
    };
    private static final String[] SYMBOLS = {
        "BTC-USD", "ETH-USD", "SOL-USD", "USDT-USD", "USDC-USD", "XRP-USD", "ADA-USD", "DOT-USD"
    };

    private MarketDay() {}

    static List<AuditEvent> batch(long from, int size) {
        List<AuditEvent> events = new ArrayList<>(size);
        for (long number = from; number < from + size; number++) {
            events.add(event(number));
        }
        return events;
    }

    static AuditEvent event(long number) {
        long trace = number / BLOCK * AT_A_TIME + number % AT_A_TIME;
        int step = (int) (number % BLOCK / AT_A_TIME);
        SplittableRandom random = new SplittableRandom(number);
        return AuditEvent.builder(SERVICES[step % 5], TYPES[step % 5])
                .id(new UUID(random.nextLong(), random.nextLong()).toString())
                .instance(SERVICES[step % 5] + "-" + trace % 3)
                .severity(Severity.INFO)
                .occurredAt(Times.ofEpochNanos(OPENING + number * NANOS_BETWEEN))
                .traceId(traceId(trace))
                .spanId(HexFormat.of().toHexDigits(random.nextLong()))
                .correlationId("flow-" + trace)
                .attribute("order_id", "ORD-" + trace)
                .attribute("symbol", SYMBOLS[(int) (trace % SYMBOLS.length)])
                .attribute("price", random.nextInt(1_000_000) / 100.0)
                .attribute("quantity", random.nextInt(1, 1_000))
                .attribute("venue", "XSIM")
                .build();
    }

    static String traceId(long trace) {
        SplittableRandom random = new SplittableRandom(~trace);
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
