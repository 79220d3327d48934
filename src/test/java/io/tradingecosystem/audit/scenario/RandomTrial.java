package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A small recording whose events lie on purpose at the edges: at a distance of a window, a skew, or
 * both, and a nanosecond more or less, from a trigger or from one another.
 */
final class RandomTrial {
    private static final long MILLI = 1_000_000;
    private static final long[] WITHINS = {0, 50, 150, 300, 2_000, 10_000};
    private static final long[] SKEWS = {0, 0, 100, -100, 200, -200, 20, -20};
    private static final String[] SERVICES = {"desk", "venue", "risk"};

    private static final String[] TTLS = {"2s", "2000", "150ms", "PT0.3S", "50", "10s", "48h", "x"};
    private static final String[] NUMBERS = {"1", "2", "2.0", "3", "1.5", "x"};

    private final Random random;
    private final boolean bound;
    private final List<AuditEvent> events = new ArrayList<>();
    private final ModelTolerances tolerances;

    private RandomTrial(Random random, boolean bound) {
        this.random = random;
        this.bound = bound;
        Duration skew = Duration.ofMillis(random.nextInt(4) == 0 ? 0 : 100);
        Duration lateness = Duration.ofSeconds(random.nextBoolean() ? 2 : 10);
        this.tolerances = new ModelTolerances(lateness, skew, pairs(skew), Duration.ofSeconds(30));
    }

    /** One that is over. */
    static Trial complete(Random random) {
        return new RandomTrial(random, false).trial(Instant.MAX);
    }

    /** One whose expectations take what a trigger says, and of which some is still open. */
    static Trial bound(Random random) {
        return ongoing(random, new RandomTrial(random, true));
    }

    /** One of which some windows are still open, most likely. */
    static Trial ongoing(Random random) {
        return ongoing(random, new RandomTrial(random, false));
    }

    private static Trial ongoing(Random random, RandomTrial made) {
        Trial trial = made.trial(Instant.MAX);
        Instant last =
                trial.events().stream()
                        .map(AuditEvent::recordedAt)
                        .max(Instant::compareTo)
                        .orElseThrow();
        Instant until = last.plusNanos(random.nextInt(30_000) * MILLI);
        return new Trial(trial.yaml(), trial.events(), trial.tolerances(), until);
    }

    private Trial trial(Instant until) {
        int triggers = 1 + random.nextInt(3);
        for (int i = 0; i < triggers; i++) {
            add("t", Scene.START.plusNanos(edge()));
        }
        int others = random.nextInt(12);
        for (int i = 0; i < others; i++) {
            add(List.of("a", "a", "b", "b", "c").get(random.nextInt(5)), near().plusNanos(edge()));
        }
        if (random.nextInt(4) == 0) {
            events.add(gap());
        }
        return new Trial(yaml(), events, tolerances, until);
    }

    private String yaml() {
        StringBuilder yaml = new StringBuilder("expectations:\n");
        for (int i = 0; i < 3; i++) {
            yaml.append(entry("x" + i).indent(2));
        }
        return yaml.toString();
    }

    private String entry(String name) {
        return bound
                ? RandomExpectation.bound(name, random)
                : RandomExpectation.entry(name, random);
    }

    private Map<Set<String>, Duration> pairs(Duration usual) {
        return usual.isZero() || random.nextInt(4) > 0
                ? Map.of()
                : Map.of(ModelTolerances.both("desk", "venue"), Duration.ofMillis(20));
    }

    private void add(String type, Instant at) {
        AuditEventBuilder event =
                AuditEvent.builder(SERVICES[random.nextInt(SERVICES.length)], type)
                        .id(type + events.size())
                        .occurredAt(at)
                        .recordedAt(recorded(at));
        for (String key : new String[] {"k", "m"}) {
            if (random.nextInt(12) > 0) {
                event.attribute(key, random.nextInt(5) > 0 ? "1" : "2");
            }
        }
        if (bound) {
            variables(event);
        }
        switch (random.nextInt(6)) {
            case 0 -> event.instance("i" + random.nextInt(2));
            case 1 -> event.attribute("host.id", "h" + random.nextInt(2));
            case 2 -> event.attribute("host.name", "h" + random.nextInt(2));
            default -> {}
        }
        events.add(event.build());
    }

    /** As texts, and as numbers, where there is something. */
    private void variables(AuditEventBuilder event) {
        if (random.nextInt(8) > 0) {
            event.attribute("ttl", TTLS[random.nextInt(TTLS.length)]);
        } else if (random.nextBoolean()) {
            event.attribute("ttl", 2_000);
        }
        for (String name : new String[] {"n", "q"}) {
            if (random.nextInt(4) == 0) {
                event.attribute(name, 1 + random.nextInt(3));
            } else if (random.nextInt(8) > 0) {
                event.attribute(name, NUMBERS[random.nextInt(NUMBERS.length)]);
            }
        }
    }

    /** At once, a little late, too late, or by a clock that is behind. */
    private Instant recorded(Instant at) {
        long late =
                switch (random.nextInt(8)) {
                    case 0 -> random.nextInt(60_000);
                    case 1 -> -random.nextInt(5_000);
                    case 2 -> 0;
                    default -> random.nextInt(2_000);
                };
        return at.plusNanos(late * MILLI);
    }

    private Instant near() {
        return events.get(random.nextInt(events.size())).occurredAt();
    }

    private long edge() {
        long within = WITHINS[random.nextInt(WITHINS.length)];
        long skew = SKEWS[random.nextInt(SKEWS.length)];
        long millis = random.nextInt(5) == 0 ? random.nextInt(12_000) - 500 : within + skew;
        return millis * MILLI + random.nextInt(3) - 1;
    }

    private AuditEvent gap() {
        Instant from = near().plusNanos(edge() - random.nextInt(3_000) * MILLI);
        Instant to = from.plusNanos(1 + random.nextInt(3_000) * MILLI);
        Gap gap = new Gap(from, to, "the bus was away");
        // Told at once: what falls due before its gap is told is over by then.
        return VerdictEvents.gap("test", gap).toBuilder().recordedAt(from).build();
    }
}
