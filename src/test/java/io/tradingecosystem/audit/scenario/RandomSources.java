package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A small recording of services that speak, now and then too late, not at all, with a number left
 * out or one given twice; and expectations on what they tell.
 */
final class RandomSources {
    private static final String[] SPEAKS = {
        "{service: venue, every: 1s}",
        "{service: venue, every: 2s}",
        "{service: venue, every: 1s, sequence: seq}",
        "{service: venue, every: 2s, sequence: seq}",
        "{service: venue, every: 1s}, {service: risk, every: 2s}"
    };
    private static final String[] ALIVE = {"", "", "venue", "risk", "venue, risk"};
    private static final String[] COUNTS = {
        "", "", ", at-most: 1", ", exactly: 1", ", at-least: 2", ", at-least: 1, at-most: 2"
    };
    private static final String[] SCOPES = {
        "",
        "",
        "",
        ", until: {service: risk, type: b}",
        ", until: {service: venue, type: b}",
        ", once: true",
        ", unless: {event: {service: venue, type: b}}",
        ", unless: {event: {service: risk, type: b}, within: 3s}"
    };
    private static final String[] WITHINS = {"1s", "2s", "5s"};
    private static final long MILLI = 1_000_000;

    private final Random random;
    private final List<AuditEvent> events = new ArrayList<>();

    private RandomSources(Random random) {
        this.random = random;
    }

    /** One that is over, or goes on for a while behind its last event. */
    static Trial trial(Random random) {
        return new RandomSources(random).made();
    }

    private Trial made() {
        Duration skew = Duration.ofMillis(random.nextInt(3) == 0 ? 100 : 0);
        var tolerances =
                new ModelTolerances(Duration.ofSeconds(2), skew, Map.of(), Duration.ofSeconds(5));
        signs("venue", 1_000);
        signs("risk", random.nextBoolean() ? 1_000 : 2_000);
        for (int i = 0; i < 2; i++) {
            add(random.nextInt(4) > 0 ? "desk" : "venue", "t", edge(), 0);
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            add(
                    random.nextBoolean() ? "venue" : "risk",
                    random.nextInt(4) > 0 ? "a" : "b",
                    edge(),
                    -1 - i);
        }
        deaths("venue");
        deaths("risk");
        Collections.shuffle(events, random);
        Instant until =
                random.nextBoolean() ? Instant.MAX : Scene.at(5 + random.nextInt(150) / 10.0);
        return new Trial(yaml(), events, tolerances, until);
    }

    /** Signs of life, mostly as often as they are to come. */
    private void signs(String service, long every) {
        long number = 1;
        for (long at = -2_000; at < 14_000; at += every) {
            int what = random.nextInt(40);
            if (what > 1) {
                add(service, "sign", at * MILLI + (what < 8 ? slip(what) : 0), number);
            }
            number += what == 9 ? 2 : what == 10 && random.nextInt(4) == 0 ? 0 : 1;
        }
    }

    /** Told when a service died, when it was alive again, or both. */
    private void deaths(String service) {
        for (long at = -3_000; at < 12_000; at += 1_000 + random.nextInt(12) * 1_000) {
            if (random.nextInt(3) == 0) {
                Instant since = at(at);
                Instant until = at(at + 1_000 + random.nextInt(5) * 1_000);
                int told = random.nextInt(5);
                if (told > 0) {
                    tell(new DeadTime(service, since, Optional.empty()));
                }
                if (told != 1) {
                    tell(new DeadTime(service, since, Optional.of(until)));
                }
            }
        }
    }

    private Instant at(long millis) {
        return Scene.START.plusNanos(millis * MILLI + random.nextInt(3) - 1);
    }

    private void tell(DeadTime dead) {
        AuditEvent event = dead.event("by chance");
        Instant recorded = event.occurredAt().plusNanos(late() * MILLI);
        events.add(event.toBuilder().recordedAt(recorded).build());
    }

    private long slip(int what) {
        return what < 5 ? random.nextInt(3) - 1 : random.nextInt(400) * MILLI;
    }

    private long edge() {
        return random.nextInt(9) * 1_000 * MILLI
                + random.nextInt(3)
                - 1
                + random.nextInt(2) * 100 * MILLI;
    }

    private void add(String service, String type, long nanos, long number) {
        Instant at = Scene.START.plusNanos(nanos);
        AuditEventBuilder event =
                AuditEvent.builder(service, type)
                        .id(type + events.size())
                        .occurredAt(at)
                        .recordedAt(at.plusNanos(late() * MILLI));
        if (number > 0) {
            event.attribute("seq", number);
        }
        events.add(event.build());
    }

    private long late() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(12_000);
            case 1 -> 0;
            default -> random.nextInt(500);
        };
    }

    private String yaml() {
        return """
        name: x
        critical: %s
        when: {service: [desk, venue], type: t}
        expect:
          - {name: f0, event: {service: venue, type: a}, within: %s%s%s}
          - {name: f1, event: {service: [risk, venue], type: a}, within: %s%s%s%s}
        never:
          - {name: never, event: {service: risk, type: a}, within: %s%s}
          - {name: other, event: {type: b}, within: %s%s}
        speaks: [%s]
        alive: [%s]
        """
                .formatted(
                        random.nextInt(3) == 0,
                        any(WITHINS),
                        any(COUNTS),
                        any(SCOPES),
                        any(WITHINS),
                        any(COUNTS),
                        any(SCOPES),
                        random.nextInt(4) == 0 ? ", after: f0" : "",
                        any(WITHINS),
                        any(SCOPES),
                        any(WITHINS),
                        any(SCOPES),
                        random.nextInt(3) == 0 ? "" : any(SPEAKS),
                        any(ALIVE));
    }

    private String any(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
