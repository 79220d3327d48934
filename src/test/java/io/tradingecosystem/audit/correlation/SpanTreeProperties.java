package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.Store;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Trees of spans whose events come in any order, hours apart, are linked as the plainest reading of
 * the rule says: live, and anew.
 */
class SpanTreeProperties {
    private static final String[] TRACES = {
        "0af7651916cd43dd8448eb211c80319c", "4bf92f3577b34da6a3ce929d0e0e4736"
    };
    private static final int SPANS = 6;
    private static final LinkBounds FEW =
            new LinkBounds(Duration.ofSeconds(5), ClockSkew.of(Duration.ZERO), 2, 3, 4);
    private static final Comparator<AuditEvent> IN_TIME =
            Comparator.comparing(AuditEvent::occurredAt);

    @Property(tries = 300)
    void shouldLinkSpansByWhatTheySayWheneverTheyCome(@ForAll long seed) {
        Random random = new Random(seed);
        List<AuditEvent> events = events(random);
        Collections.shuffle(events, random);
        Trail trail = Trail.of(FEW).decide(FEW);
        for (AuditEvent event : events) {
            trail.append(event);
            happen(random, trail);
        }
        trail.work();

        assertThat(new TreeSet<>(trail.pairs())).isEqualTo(expected(events));
        assertThat(ofEach(trail, events, true)).isEqualTo(expected(events));
        assertThat(ofEach(trail, events, false)).isEqualTo(expected(events));
        assertThat(told(trail)).isEqualTo(expected(events));
        Replay.Outcome outcome =
                LinkReplay.compare(new Store(trail.store(), trail.store(), trail.store()), FEW);
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.notComparable()).isZero();
    }

    private static void happen(Random random, Trail trail) {
        switch (random.nextInt(5)) {
            case 0 -> trail.pass(Duration.ofMinutes(random.nextInt(300)));
            case 1 -> trail.work();
            case 2 -> {
                trail.work(1);
                trail.crash();
            }
            default -> {}
        }
    }

    private static TreeSet<String> ofEach(Trail trail, List<AuditEvent> events, boolean causes) {
        TreeSet<String> found = new TreeSet<>();
        for (AuditEvent event : events) {
            (causes
                            ? trail.reader().causesOf(event.id(), 100)
                            : trail.reader().effectsOf(event.id(), 100))
                    .forEach(link -> found.add(link.causeId() + ">" + link.effectId()));
        }
        return found;
    }

    private static TreeSet<String> told(Trail trail) {
        TreeSet<String> told = new TreeSet<>();
        trail.reader()
                .after(0, 0, 1_000)
                .links()
                .forEach(each -> told.add(each.link().causeId() + ">" + each.link().effectId()));
        return told;
    }

    /** Each event with the first event of each span that it names. */
    private static TreeSet<String> expected(List<AuditEvent> events) {
        TreeSet<String> expected = new TreeSet<>();
        for (AuditEvent effect : events) {
            Stream.concat(
                            effect.links().stream(),
                            Stream.of(new SpanLink(effect.traceId(), effect.parentSpanId())))
                    .filter(named -> !isOf(named, effect))
                    .forEach(
                            named ->
                                    events.stream()
                                            .filter(event -> isOf(named, event))
                                            .min(IN_TIME)
                                            .ifPresent(
                                                    first ->
                                                            expected.add(
                                                                    first.id()
                                                                            + ">"
                                                                            + effect.id())));
        }
        return expected;
    }

    private static boolean isOf(SpanLink span, AuditEvent event) {
        return !span.spanId().isEmpty()
                && span.traceId().equals(event.traceId())
                && span.spanId().equals(event.spanId());
    }

    /** Some spans have several events, some none; each event has a time of its own. */
    private static List<AuditEvent> events(Random random) {
        List<AuditEvent> events = new ArrayList<>();
        int count = 2 + random.nextInt(15);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            AuditEvent event = event(i, random);
            events.add(event.toBuilder().id(id(event, random, ids)).build());
        }
        return events;
    }

    /** Its own, or that of its span as spans over OTLP have it, or that of another one's. */
    private static String id(AuditEvent event, Random random, Set<String> taken) {
        String id =
                switch (random.nextInt(4)) {
                    case 0, 1 -> event.traceId() + "-" + event.spanId();
                    case 2 -> TRACES[random.nextInt(TRACES.length)] + "-" + span(random);
                    default -> event.id();
                };
        return taken.add(id) ? id : event.id();
    }

    private static AuditEvent event(int number, Random random) {
        AuditEventBuilder event =
                Trail.event(
                                "span",
                                "e%02d".formatted(number),
                                random.nextInt(20_000) + number * 1e-3)
                        .traceId(TRACES[random.nextInt(TRACES.length)])
                        .spanId(random.nextInt(8) == 0 ? "" : span(random));
        if (random.nextInt(4) > 0) {
            event.parentSpanId(span(random));
        }
        if (random.nextInt(4) == 0) {
            event.links(List.of(new SpanLink(TRACES[random.nextInt(TRACES.length)], span(random))));
        }
        return event.build();
    }

    private static String span(Random random) {
        return "%016x".formatted(1 + random.nextInt(SPANS));
    }
}
