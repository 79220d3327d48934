package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.EventClock;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The set of links does not depend on how events arrive. */
class ArrivalOrderProperties {
    private static final ClockSkew SKEW =
            new ClockSkew(
                    Duration.ofSeconds(1),
                    Map.of(ClockSkew.pair("one", "three"), Duration.ofSeconds(3)));
    private static final LinkBounds NARROW =
            new LinkBounds(Duration.ofMinutes(10), SKEW, 10_000, 3, 4);
    private static final long WITHIN = 8;
    private static final Comparator<AuditEvent> IN_TIME =
            Comparator.comparing(AuditEvent::occurredAt).thenComparing(AuditEvent::id);
    private static final String[] RULES = {
        """
        name: joined
        trigger: {type: [a, b]}
        effect: {type: [b, c]}
        within: 8s
        join: [scenario_id]
        """,
        """
        name: by-time
        trigger: {type: a}
        effect: {type: 'c*'}
        within: 8s
        typical: 2s
        min-confidence: 0.2
        """
    };
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Property(tries = 100)
    void shouldFindTheSameLinksInAnyOrder(
            @ForAll("stories") List<Happening> story, @ForAll Random random) {
        List<AuditEvent> events = events(story);
        Trail straight = Trail.of(NARROW, RULES);
        straight.come(events.toArray(AuditEvent[]::new));

        Trail shuffled = Trail.of(NARROW, RULES);
        List<AuditEvent> arrival = new ArrayList<>(events);
        arrival.addAll(events.subList(0, events.size() / 2));
        Collections.shuffle(arrival, random);
        arrive(shuffled, arrival, random);

        assertThat(shuffled.links()).isEqualTo(straight.links());
    }

    @Property(tries = 100)
    void shouldFindWhatTheDefinitionOfALinkSays(
            @ForAll("stories") List<Happening> story, @ForAll Random random) {
        List<AuditEvent> events = events(story);
        Trail trail = Trail.of(NARROW, RULES);
        List<AuditEvent> arrival = new ArrayList<>(events);
        Collections.shuffle(arrival, random);
        arrive(trail, arrival, random);

        Set<String> found = new TreeSet<>();
        trail.links().stream()
                .filter(link -> link.kind() == Kind.RULE && link.rule().equals("joined"))
                .forEach(link -> found.add(link.causeId() + ">" + link.effectId()));

        assertThat(found).isEqualTo(expected(events));
    }

    /** Portions of random size, of which some are worked in twice because of a crash. */
    private static void arrive(Trail trail, List<AuditEvent> arrival, Random random) {
        for (AuditEvent event : arrival) {
            trail.append(event);
            switch (random.nextInt(6)) {
                case 0 -> trail.work();
                case 1 -> {
                    trail.work(1 + random.nextInt(3));
                    trail.crash();
                }
                case 2 -> trail.work(1 + random.nextInt(3));
                default -> {}
            }
        }
        trail.work();
    }

    /** The definition, in the plainest form: every cause with every effect. */
    private static Set<String> expected(List<AuditEvent> events) {
        Set<String> expected = new TreeSet<>();
        for (AuditEvent effect : events) {
            List<AuditEvent> others = causesWithItsKey(events, effect);
            List<AuditEvent> before = new ArrayList<>();
            List<AuditEvent> behind = new ArrayList<>();
            for (AuditEvent cause : others) {
                (isBehind(cause, effect) ? behind : before).add(cause);
            }
            List<AuditEvent> causes = new ArrayList<>(before.reversed());
            behind.stream().limit(NARROW.maxEffects()).forEach(causes::add);
            causes.stream()
                    .filter(cause -> isInTime(cause, effect))
                    .filter(cause -> between(events, cause, effect) < NARROW.maxEffects())
                    .limit(NARROW.maxCauses())
                    .forEach(cause -> expected.add(cause.id() + ">" + effect.id()));
        }
        return expected;
    }

    private static List<AuditEvent> causesWithItsKey(List<AuditEvent> events, AuditEvent effect) {
        return events.stream()
                .filter(cause -> cause != effect && Set.of("a", "b").contains(cause.type()))
                .filter(cause -> Set.of("b", "c").contains(effect.type()))
                .filter(cause -> !cause.scenarioId().isEmpty())
                .filter(cause -> cause.scenarioId().equals(effect.scenarioId()))
                .sorted(IN_TIME)
                .toList();
    }

    private static boolean isBehind(AuditEvent cause, AuditEvent effect) {
        return cause.occurredAt().isAfter(effect.occurredAt());
    }

    private static boolean isInTime(AuditEvent cause, AuditEvent effect) {
        long delay = Duration.between(cause.occurredAt(), effect.occurredAt()).toSeconds();
        return delay >= -skew(cause, effect) && delay <= WITHIN;
    }

    private static long between(List<AuditEvent> events, AuditEvent cause, AuditEvent effect) {
        return events.stream()
                .filter(e -> e != effect && Set.of("b", "c").contains(e.type()))
                .filter(e -> e.scenarioId().equals(effect.scenarioId()))
                .filter(
                        e ->
                                isBehind(cause, effect)
                                        ? IN_TIME.compare(e, effect) > 0 && isBehind(cause, e)
                                        : IN_TIME.compare(e, effect) < 0 && !isBehind(cause, e))
                .count();
    }

    private static long skew(AuditEvent cause, AuditEvent effect) {
        return SKEW.of(EventClock.of(cause), EventClock.of(effect)).toSeconds();
    }

    private static List<AuditEvent> events(List<Happening> story) {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < story.size(); i++) {
            events.add(story.get(i).event(i, story.size()));
        }
        return events;
    }

    @Provide
    Arbitrary<List<Happening>> stories() {
        return Combinators.combine(
                        Arbitraries.of("one", "one", "two", "three"),
                        Arbitraries.of("a", "b", "c", "c2", "d"),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.of("s1", "s1", "s2", ""),
                        Arbitraries.integers().between(-40, 40),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(-6, 4))
                .as(Happening::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(24);
    }

    /**
     * An event in the making.
     *
     * @param cause the number of the event that is named as the cause, if there is one such
     * @param span 0 for none
     * @param parent 0 for none
     * @param link none from 0 down
     */
    record Happening(
            String service,
            String type,
            int second,
            String scenario,
            int cause,
            int span,
            int parent,
            int link) {
        AuditEvent event(int number, int count) {
            AuditEventBuilder event =
                    Trail.event(service, type, "e%02d".formatted(number), second)
                            .scenarioId(scenario);
            if (cause >= 0 && cause < count) {
                event.causeId("e%02d".formatted(cause));
            }
            if (span > 0 || parent > 0) {
                event.traceId(TRACE);
            }
            if (span > 0) {
                event.spanId(span(span));
            }
            if (parent > 0) {
                event.parentSpanId(span(parent));
            }
            if (link > 0) {
                event.links(List.of(new SpanLink(TRACE, span(link))));
            }
            return event.build();
        }

        private static String span(int number) {
            return "%016x".formatted(number);
        }
    }
}
