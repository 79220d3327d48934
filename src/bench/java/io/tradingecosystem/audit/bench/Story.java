package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.json.EventJsonWriter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** One chaos run as it is made up: its events, and the truth about what caused what. */
final class Story {
    private static final Instant START = Instant.parse("2026-01-15T09:30:00Z");

    private final String scenario;
    private final Random random;
    private final List<Told> events = new ArrayList<>();
    private final List<String> truth = new ArrayList<>();

    private Story(String scenario, long seed) {
        this.scenario = scenario;
        this.random = new Random(seed);
    }

    static Story of(String scenario, long seed) {
        return new Story(scenario, seed);
    }

    String scenario() {
        return scenario;
    }

    double random(double max) {
        return random.nextDouble() * max;
    }

    /** An event so many seconds after the start. */
    Told at(double seconds, String service, String type) {
        Told event = new Told(seconds, service, type, events.size() + 1);
        events.add(event);
        return event;
    }

    String ndjson() {
        return events.stream()
                .map(Told::build)
                .sorted(Comparator.comparing(AuditEvent::occurredAt))
                .map(event -> new String(EventJsonWriter.bytes(event), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** One line per cause and effect. */
    String truth() {
        return truth.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** An event in the making. */
    final class Told {
        private final AuditEventBuilder event;
        private final String id;

        private Told(double seconds, String service, String type, int number) {
            id = "%s-%03d".formatted(scenario, number);
            event =
                    AuditEvent.builder(service, type)
                            .id(id)
                            .instance(service + "-1")
                            .scenarioId(scenario)
                            .occurredAt(START.plusMillis(Math.round(seconds * 1_000)));
        }

        Told severity(Severity severity) {
            event.severity(severity);
            return this;
        }

        Told message(String message) {
            event.message(message);
            return this;
        }

        Told with(String name, String value) {
            event.attribute(name, value);
            return this;
        }

        Told with(String name, double value) {
            event.attribute(name, value);
            return this;
        }

        Told with(String name, long value) {
            event.attribute(name, value);
            return this;
        }

        /** Part of the run's trace with a number. */
        Told trace(int number) {
            event.traceId("%016x%016x".formatted(scenario.hashCode() & 0xffffffffL, number + 1L));
            return this;
        }

        /** Caused by another event, which the sender does not tell. */
        Told because(Told cause) {
            truth.add("{\"cause\":\"%s\",\"effect\":\"%s\"}".formatted(cause.id, id));
            return this;
        }

        /** Caused by another event, and the sender says so. */
        Told knownToBeBecause(Told cause) {
            event.causeId(cause.id);
            return because(cause);
        }

        private AuditEvent build() {
            return event.build();
        }
    }
}
