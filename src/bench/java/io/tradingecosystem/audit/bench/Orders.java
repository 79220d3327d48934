package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders that are placed and filled, of two services on two hosts, and the expectation that each is
 * filled within ten seconds.
 */
final class Orders {
    static final Duration WITHIN = Duration.ofSeconds(10);

    private Orders() {}

    /** That every placed order is filled, and nothing else. */
    static String expectations() {
        return "expectations:\n" + expectation("filled", "type: order.placed", "order.filled");
    }

    /** The same beside others that concern events of types that never come. */
    static String amongOtherTypes(int others) {
        StringBuilder yaml = new StringBuilder(expectations());
        for (int i = 0; i < others; i++) {
            yaml.append(expectation("other-" + i, "type: other.began." + i, "other.ended." + i));
        }
        return yaml.toString();
    }

    /** The same beside others that concern placed orders of desks that there are not. */
    static String amongOtherDesks(int others) {
        StringBuilder yaml = new StringBuilder(expectations());
        for (int i = 0; i < others; i++) {
            String when = "type: order.placed, attributes: {desk: desk-%d}".formatted(i);
            yaml.append(expectation("other-" + i, when, "order.filled"));
        }
        return yaml.toString();
    }

    private static String expectation(String name, String when, String effect) {
        return """
          - name: %s
            when: {%s}
            expect:
              - {name: effect, event: {type: %s}, within: 10s, join: [order_id]}
        """
                .formatted(name, when, effect);
    }

    /**
     * A trigger.
     *
     * @param number its own, from 0; ends its id
     * @param order by what it finds its effect
     */
    static AuditEvent placed(int number, String order, Instant at) {
        return event("order-gateway", "order.placed", "placed-" + number, order, at);
    }

    /** An effect. */
    static AuditEvent filled(int number, String order, Instant at) {
        return event("exchange-simulator", "order.filled", "filled-" + number, order, at);
    }

    /** Something that no expectation concerns. */
    static AuditEvent other(int number, Instant at) {
        return event("market-data", "market.price.updated", "other-" + number, "none", at);
    }

    private static AuditEvent event(
            String service, String type, String id, String order, Instant at) {
        return AuditEvent.builder(service, type)
                .id(id)
                .instance(service + "-1")
                .occurredAt(at)
                .message("what happened, in a sentence as long as they usually are")
                .attribute("order_id", order)
                .attribute("symbol", "BTC-USD")
                .attribute("price", 61_000.5)
                .build();
    }

    /**
     * Steps of even length. In each an order is placed, an earlier one is filled, and other things
     * happen. Immutable.
     *
     * @param count how many orders there are
     * @param lag by how many steps an order is filled later
     * @param others how many other events there are in a step
     * @param start when the first step is
     * @param step how long one takes
     */
    record Day(int count, int lag, int others, Instant start, Duration step) {
        /** How many steps there are until the last order is filled. */
        int steps() {
            return count + lag;
        }

        /** How many events there are. */
        int events() {
            return 2 * count + others * steps();
        }

        /** The events of some steps, in order. */
        List<AuditEvent> batch(int from, int size) {
            List<AuditEvent> batch = new ArrayList<>(size * (2 + others));
            for (int i = from; i < Math.min(from + size, steps()); i++) {
                add(batch, i);
            }
            return batch;
        }

        private void add(List<AuditEvent> batch, int number) {
            Instant at = start.plus(step.multipliedBy(number));
            if (number < count) {
                batch.add(placed(number, "order-" + number, at));
            }
            for (int i = 0; i < others; i++) {
                batch.add(other(number * others + i, at));
            }
            if (number >= lag) {
                batch.add(filled(number - lag, "order-" + (number - lag), at.plusNanos(1_000)));
            }
        }
    }
}
