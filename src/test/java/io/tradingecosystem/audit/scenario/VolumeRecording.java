package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A recording of a hundred thousand events, out of order: an account so busy that its key tells
 * little, effects in their tens of thousands that come before their triggers are told, chains,
 * events without a key, and a time in which events may have been lost.
 */
final class VolumeRecording {
    static final String EXPECTATIONS =
            """
            expectations:
              - name: order
                when: {type: placed}
                expect:
                  - {name: filled, event: {type: filled}, within: 10s, join: [order]}
                never:
                  - {name: cancelled, event: {type: cancelled}, within: 10s, join: [order]}
                sla:
                  - {name: quick, to: filled, within: 3s}
              - name: account
                critical: true
                when: {type: placed}
                expect:
                  - {name: many, event: {type: filled}, within: 1s, join: [account], at-least: 90}
                  - {name: few, event: {type: filled}, within: 1s, join: [account], at-most: 110}
              - name: chain
                when: {type: signal}
                expect:
                  - {name: f, event: {type: f}, within: 5s, join: [flow], exactly: 1}
                  - {name: g, event: {type: g}, within: 10s, join: [flow], at-least: 2, after: f}
                  - {name: last, event: {type: g}, within: 12s, join: [flow], exactly: 1, after: g}
                never:
                  - {name: halt, event: {type: halt}, within: 2s}
                sla:
                  - {name: from-f, from: f, to: g, within: 3s}
              - name: halt
                when: {type: halt}
                expect:
                  - {name: filled, event: {type: filled}, within: 1s, at-least: 100}
            """;

    private static final int SECOND = 1_000_000_000;

    private final Random random;
    private final int size;
    private final List<AuditEvent> events = new ArrayList<>();

    private VolumeRecording(long seed, int size) {
        this.random = new Random(seed);
        this.size = size;
    }

    /** As it was recorded, in order; {@code size} is a hundred thousand, or a part of it. */
    static List<AuditEvent> of(long seed, int size) {
        VolumeRecording made = new VolumeRecording(seed, size);
        made.busyAccount();
        made.effectsFirst();
        made.chains();
        made.events.sort(Comparator.comparing(AuditEvent::recordedAt));
        return List.copyOf(made.events);
    }

    /** Ten thousand triggers and effects of one key, a hundred of each in a second. */
    private void busyAccount() {
        for (int i = 0; i < size / 10; i++) {
            double at = random.nextInt(size) / 1e3 + random.nextInt(SECOND) / 1e9;
            String order = "busy-" + i;
            add(order("desk", "placed", order, "busy"), at, at + late());
            add(order(anyService(), "filled", order, "busy"), at + delay(), at + late());
            if (i % 10 == 0) {
                add(order("desk", "cancelled", order, "busy"), at + delay(), at + late());
            }
        }
    }

    /** Sixty thousand effects within six seconds, and then, too late, a part of their triggers. */
    private void effectsFirst() {
        double start = 2 * size / 1e3;
        for (int i = 0; i < size * 6 / 10; i++) {
            double at = start + random.nextInt(6) + random.nextInt(SECOND) / 1e9;
            String order = "early-" + i;
            String account = "account-" + i % 500;
            add(order("venue", "filled", order, account), at, at + 0.1);
            if (i % 6 == 0) {
                double before = at - random.nextInt(5_000) / 1e3;
                double recorded = start + 8 + random.nextInt(4_000) / 1e3;
                add(order("desk", "placed", order, account), before, recorded);
            }
            if (i % 120 == 0) {
                add(order("venue", "cancelled", order, account), at, at + 0.2);
            }
        }
    }

    private void chains() {
        for (int i = 0; i < size / 50; i++) {
            double at = random.nextInt(size * 3) / 1e3 + random.nextInt(SECOND) / 1e9;
            String flow = "flow-" + i;
            add(flow("signal", "desk", flow), at, at + late());
            for (String type : new String[] {"f", "g", "g", "g"}) {
                double later = at + delay() + (type.equals("g") ? random.nextInt(3) : 0);
                if (random.nextInt(12) > 0) {
                    add(flow(type, anyService(), flow), later, later + late());
                }
            }
            if (i % 100 == 0) {
                add(event("halt", "risk"), at + 1, at + 1 + late());
            }
        }
        Gap gap = new Gap(Scene.at(size / 2e3), Scene.at(size / 2e3 + 1), "the bus was away");
        events.add(VerdictEvents.gap("test", gap).toBuilder().recordedAt(gap.to()).build());
    }

    /** In seconds: mostly prompt, at times at an edge, before its time, or far too long. */
    private double delay() {
        return switch (random.nextInt(10)) {
            case 0 -> 10 + (random.nextInt(5) - 2) / 10.0;
            case 1 -> (random.nextInt(5) - 2) / 10.0;
            case 2 -> 3 + random.nextInt(12_000) / 1e3;
            default -> random.nextInt(3_000) / 1e3;
        };
    }

    /** In seconds, until it is recorded. */
    private double late() {
        return random.nextInt(30) == 0 ? random.nextInt(40_000) / 1e3 : random.nextInt(2_000) / 1e3;
    }

    private String anyService() {
        return List.of("desk", "venue", "risk").get(random.nextInt(3));
    }

    private AuditEventBuilder order(String service, String type, String order, String account) {
        return event(type, service).attribute("order", order).attribute("account", account);
    }

    private AuditEventBuilder flow(String type, String service, String flow) {
        return event(type, service).attribute("flow", flow);
    }

    private AuditEventBuilder event(String type, String service) {
        AuditEventBuilder event = AuditEvent.builder(service, type).id(type + events.size());
        return random.nextInt(20) == 0 ? event.attribute("host.id", "one") : event;
    }

    private void add(AuditEventBuilder event, double at, double recorded) {
        Duration never = Duration.ZERO;
        AuditEvent made = event.occurredAt(Scene.at(at)).recordedAt(Scene.at(recorded)).build();
        // Nothing is recorded before the recording starts.
        boolean early = Duration.between(Scene.START, made.recordedAt()).compareTo(never) < 0;
        events.add(early ? made.stored(0, Scene.START) : made);
    }
}
