package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.tradingecosystem.audit.correlation.links.EventRef;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.matching.ClockSkew;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is linked with what, and how sure it is. */
class LinkerTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String CHILD = "00f067aa0ba902b7";
    private static final String FREE = Trail.RULE.replace("join: [scenario_id]\n", "");

    @Test
    void shouldLinkAnEffectWithTheCauseThatItsSenderNamed() {
        Trail trail = Trail.of();

        trail.come(Trail.event("order", "a", 0, ""));
        trail.come(Trail.event("fill", "b", 1.5).causeId("a").build());

        assertThat(trail.links())
                .containsExactly(
                        new Link(
                                new EventRef("a", 2),
                                new EventRef("b", 3),
                                Kind.EXPLICIT,
                                "",
                                Trail.START,
                                Duration.ofMillis(1_500),
                                1,
                                "the sender named the cause"));
    }

    @Test
    void shouldWaitForACauseThatComesLater() {
        Trail trail = Trail.of();

        trail.come(Trail.event("fill", "b", 1.5).causeId("a").build());
        assertThat(trail.links()).isEmpty();
        trail.crash();
        trail.come(Trail.event("order", "a", 0, ""));

        assertThat(trail.pairs()).containsExactly("a>b");
        assertThat(trail.linker().remembered()).isZero();
    }

    @Test
    void shouldLinkAChildWithTheFirstEventOfItsParentSpan() {
        Trail trail = Trail.of();

        trail.come(
                Trail.event("child", "c", 2)
                        .traceId(TRACE)
                        .spanId(CHILD)
                        .parentSpanId(PARENT)
                        .build());
        trail.come(Trail.event("log", "p2", 1).traceId(TRACE).spanId(PARENT).build());
        trail.come(Trail.event("span", "p1", 0).traceId(TRACE).spanId(PARENT).build());
        trail.come(Trail.event("log", "p3", 1.5).traceId(TRACE).spanId(PARENT).build());

        assertThat(trail.links()).hasSize(1);
        assertThat(trail.links().getFirst().kind()).isEqualTo(Kind.PARENT);
        assertThat(trail.pairs()).containsExactly("p1>c");
        assertThat(trail.reader().effectsOf("p2", 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldLetTheFirstEventOfALargeSpanStandForItInWhateverOrderTheyCome(long seed) {
        Random random = new Random(seed);
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            events.add(
                    Trail.event("log", "p%03d".formatted(i), 1 + i * 1e-3)
                            .traceId(TRACE)
                            .spanId(PARENT)
                            .build());
            if (i % 40 == 0) {
                events.add(
                        Trail.event("child", "c%03d".formatted(i), 2)
                                .traceId(TRACE)
                                .spanId("%016x".formatted(i + 1))
                                .parentSpanId(PARENT)
                                .build());
            }
        }
        Collections.shuffle(events, random);
        Trail trail = Trail.of();
        for (AuditEvent event : events) {
            trail.come(event);
            if (random.nextInt(20) == 0) {
                trail.crash();
            }
        }

        assertThat(trail.pairs()).hasSize(10).allMatch(pair -> pair.startsWith("p000>"));
        assertThat(trail.linker().remembered()).as("no span waits").isZero();
    }

    @Test
    void shouldLinkSpansAcrossTraces() {
        Trail trail = Trail.of();

        trail.come(
                Trail.event("batch", "b", 5).links(List.of(new SpanLink(TRACE, PARENT))).build());
        trail.come(Trail.event("item", "a", 0).traceId(TRACE).spanId(PARENT).build());

        assertThat(trail.links())
                .extracting(Link::kind, Link::causeId, Link::effectId, Link::evidence)
                .containsExactly(
                        tuple(Kind.EXPLICIT, "a", "b", "the sender linked to the cause's span"));
    }

    @Test
    void shouldLinkByARuleWithConfidenceAndEvidence() {
        Trail trail = Trail.of(Trail.RULE);

        trail.come(Trail.event("shock", "a", 0, "s1"), Trail.event("halt", "b", 3, "s1"));

        Link link = trail.links().getFirst();
        assertThat(link.rule()).isEqualTo("shock-halts");
        assertThat(link.confidence()).isCloseTo(0.95 * 0.97, within(1e-4));
        assertThat(link.evidence()).isEqualTo("3 s of 30 s, the same scenario_id");
    }

    @Test
    void shouldNotLinkWhatIsTooLateOrTooEarlyOrSharesNoKey() {
        Trail trail = Trail.of(Trail.RULE);

        trail.come(
                Trail.event("shock", "a", 0, "s1"),
                Trail.event("halt", "late", 30.001, "s1"),
                Trail.event("halt", "before", -0.101, "s1"),
                Trail.event("halt", "other", 3, "s2"),
                Trail.event("halt", "keyless", 3, ""),
                Trail.event("alert", "type", 3, "s1"),
                Trail.event("halt", "limit", 30, "s1"),
                other("halt", "far", -0.100_000_001),
                other("halt", "skewed", -0.1));

        assertThat(trail.pairs()).containsExactly("a>skewed", "a>limit");
    }

    private static AuditEvent other(String type, String id, double seconds) {
        return Trail.event("other", type, id, seconds).scenarioId("s1").build();
    }

    @Test
    void shouldNotLinkBackInTimeOnOneClock() {
        Trail trail = Trail.of(Trail.RULE);

        trail.come(
                Trail.event("halt", "before", -0.000_000_001, "s1"),
                Trail.event("shock", "a", 0, "s1"),
                Trail.event("halt", "same", 0, "s1"),
                Trail.event("service", "halt", "instance", -0.05)
                        .instance("service-2")
                        .scenarioId("s1")
                        .build());

        assertThat(trail.pairs()).containsExactly("a>instance", "a>same");
    }

    @Test
    void shouldTakeServicesOfOneHostForOneClock() {
        Trail trail = Trail.of(Trail.RULE);

        trail.come(
                on("host-1", "one", "shock", "a", 0),
                on("host-1", "two", "halt", "b", -0.001),
                on("host-2", "two", "halt", "c", -0.001));

        assertThat(trail.pairs()).containsExactly("a>c");
    }

    private static AuditEvent on(
            String host, String service, String type, String id, double seconds) {
        return Trail.event(service, type, id, seconds)
                .scenarioId("s1")
                .attribute("host.name", host)
                .build();
    }

    @Test
    void shouldAllowEachPairOfServicesItsSkew() {
        ClockSkew skew =
                new ClockSkew(
                        Duration.ofMillis(100),
                        Map.of(
                                ClockSkew.pair("good", "service"), Duration.ofMillis(1),
                                ClockSkew.pair("service", "bad"), Duration.ofSeconds(2)));
        Trail trail =
                Trail.of(new LinkBounds(Duration.ofSeconds(10), skew, 10_000, 32, 256), Trail.RULE);

        trail.come(
                Trail.event("bad", "halt", "b1", -2.001).scenarioId("s1").build(),
                Trail.event("bad", "halt", "b2", -2).scenarioId("s1").build(),
                Trail.event("good", "halt", "g1", -0.002).scenarioId("s1").build(),
                Trail.event("good", "halt", "g2", -0.001).scenarioId("s1").build(),
                other("halt", "o1", -0.101),
                other("halt", "o2", -0.1),
                Trail.event("shock", "a", 0, "s1"));

        assertThat(trail.pairs()).containsExactly("a>b2", "a>o2", "a>g2");
    }

    @Test
    void shouldKnowTheClocksAgainAfterARestart() {
        Trail trail = Trail.of(Trail.RULE);
        trail.come(
                Trail.event("halt", "own", -0.05, "s1"),
                Trail.event("halt", "own2", -0.04, "s1"),
                other("halt", "skewed", -0.03));
        trail.crash();

        trail.come(Trail.event("shock", "a", 0, "s1"));

        assertThat(trail.pairs()).containsExactly("a>skewed");
    }

    @Test
    void shouldShareConfidenceAmongCausesThatCompete() {
        Trail trail = Trail.of(Trail.RULE);

        trail.come(Trail.event("shock", "a1", 0, "s1"), Trail.event("halt", "b", 3, "s1"));
        double alone = trail.links().getFirst().confidence();
        trail.come(Trail.event("shock", "a2", 2, "s1"));

        List<Link> causes = trail.reader().causesOf("b", 10);
        assertThat(causes).extracting(Link::causeId).containsExactly("a2", "a1");
        assertThat(causes.get(0).confidence() + causes.get(1).confidence())
                .isLessThan(1)
                .isGreaterThan(0.9);
        assertThat(causes.get(1).confidence()).isLessThan(alone / 2);
        assertThat(causes.get(0).evidence()).endsWith(", 1 other cause");
        assertThat(trail.reader().effectsOf("a1", 10)).containsExactly(causes.get(1));
    }

    @Test
    void shouldPreferTheTypicalDelayToTheNearest() {
        Trail trail = Trail.of(FREE + "typical: 3s\n");

        trail.come(
                Trail.event("shock", "typical", 0, ""),
                Trail.event("shock", "near", 2.9, ""),
                Trail.event("halt", "b", 3, ""));

        assertThat(trail.reader().causesOf("b", 1).getFirst().causeId()).isEqualTo("typical");
    }

    @Test
    void shouldHideWhatIsLessSureThanTheRuleWants() {
        Trail trail = Trail.of(FREE + "min-confidence: 0.3\n");

        trail.come(Trail.event("shock", "a1", 0, ""), Trail.event("halt", "b", 1, ""));
        assertThat(trail.pairs()).containsExactly("a1>b");
        trail.come(Trail.event("shock", "a2", 0, ""));

        assertThat(trail.pairs()).isEmpty();
        assertThat(trail.reader().after(0, 0, 10).links()).isEmpty();
    }

    @Test
    void shouldForgetWhatNobodyCanAskForAnyMore() {
        Trail trail = Trail.of(Trail.RULE);
        trail.come(Trail.event("shock", "a", 0, "s1"), Trail.event("halt", "b", 1, "s1"));
        assertThat(trail.linker().remembered()).isEqualTo(2);

        trail.pass(Duration.ofSeconds(25));
        trail.come(Trail.event("noise", "n1", 25, ""));
        assertThat(trail.linker().remembered()).as("the effect is gone").isEqualTo(1);
        trail.pass(Duration.ofSeconds(20));
        trail.come(Trail.event("noise", "n2", 45, ""));

        assertThat(trail.linker().remembered()).isZero();
        trail.crash();
        assertThat(trail.linker().remembered()).isZero();
        assertThat(trail.pairs()).containsExactly("a>b");
    }

    @Test
    void shouldForgetTheOldestAndCountItWhenThereIsTooMuch() {
        LinkBounds few =
                new LinkBounds(Duration.ofHours(1), ClockSkew.of(Duration.ZERO), 3, 32, 256);
        Trail trail = Trail.of(few, Trail.RULE);

        for (int i = 0; i < 5; i++) {
            trail.come(Trail.event("shock", "a" + i, i, "s1"));
        }
        trail.come(Trail.event("halt", "b", 6, "s1"));

        assertThat(trail.linker().writer().counters().evicted).isEqualTo(3);
        assertThat(trail.pairs()).containsExactly("a2>b", "a3>b", "a4>b");
    }

    @Test
    void shouldRememberTheSameAfterARestart() {
        LinkBounds few =
                new LinkBounds(Duration.ofSeconds(10), ClockSkew.of(Duration.ZERO), 3, 32, 256);
        Trail trail = Trail.of(few, Trail.RULE);
        trail.come(
                Trail.event("shock", "a", 0, "s1"), Trail.event("x", "b", 1).causeId("d").build());
        trail.come(Trail.event("shock", "c", 2, "s1"), Trail.event("x", "d", 3).build());
        trail.come(Trail.event("shock", "e", 4, "s1"), Trail.event("shock", "f", 5, "s1"));
        assertThat(trail.linker().remembered())
                .as("without a, and b that was answered")
                .isEqualTo(3);

        trail.crash();
        assertThat(trail.linker().remembered()).isEqualTo(3);
        trail.come(Trail.event("halt", "g", 6, "s1"));

        assertThat(trail.pairs()).containsExactly("d>b", "c>g", "e>g", "f>g");
    }

    @Test
    void shouldKeepAHotKeyFromCostingTheSquareOfItsEvents() {
        LinkBounds few =
                new LinkBounds(Duration.ofHours(1), ClockSkew.of(Duration.ZERO), 100_000, 4, 8);
        Trail trail = Trail.of(few, FREE);

        AuditEvent[] events = new AuditEvent[4_000];
        for (int i = 0; i < events.length; i++) {
            // Effects first, then their causes, which is the worst order.
            boolean effect = i < events.length / 2;
            events[i] = Trail.event(effect ? "halt" : "shock", "e" + i, (i % 2_000) * 1e-3, "");
        }
        trail.come(events);

        assertThat(trail.linker().writer().counters().sequence).isLessThan(4_000L * 8);
        assertThat(trail.linker().writer().counters().cut).isPositive();
        assertThat(trail.reader().causesOf("e1500", 100)).hasSizeBetween(1, 4);
    }

    @Test
    void shouldKeepTheLatestCausesUpToTheEffectOfAHotKey() {
        LinkBounds few =
                new LinkBounds(
                        Duration.ofHours(1), ClockSkew.of(Duration.ofMillis(100)), 100_000, 4, 8);
        Trail trail = Trail.of(few, FREE);

        for (int i = 0; i < 1_000; i++) {
            trail.append(
                    Trail.event("desk", "shock", "a%03d".formatted(i), i * 1e-3).build(),
                    Trail.event("engine", "halt", "b%03d".formatted(i), i * 1e-3 + 2e-4).build());
        }
        trail.work();

        assertThat(trail.reader().causesOf("b500", 10))
                .extracting(Link::causeId)
                .containsExactly("a500", "a499", "a498", "a497");
        assertThat(trail.reader().causesOf("b500", 10).getFirst().evidence())
                .endsWith(", 3 or more other causes");
        assertThat(trail.reader().causesOf("b001", 10))
                .as("where there is room, those behind")
                .extracting(Link::causeId)
                .containsExactlyInAnyOrder("a000", "a001", "a002", "a003");
        assertThat(trail.reader().effectsOf("a500", 10))
                .extracting(Link::effectId)
                .containsExactly("b500", "b501", "b502", "b503");
    }

    @Test
    void shouldLinkWithTheRulesThatWereInForceWhenEventsCame() {
        Trail trail = Trail.of(Trail.RULE);
        trail.come(Trail.event("shock", "a", 0, "s1"), Trail.event("halt", "b", 1, "s1"));

        trail.define(Trail.RULE.replace("halt}", "stop}"));
        trail.come(
                Trail.event("shock", "c", 2, "s1"),
                Trail.event("halt", "d", 3, "s1"),
                Trail.event("stop", "e", 4, "s1"));
        trail.append(
                LinkEvents.RULES.withdrawal(
                        "audit",
                        Trail.START,
                        trail.linker().rules().inForce().find("shock-halts").orElseThrow()));
        trail.come(Trail.event("shock", "f", 5, "s1"), Trail.event("stop", "g", 6, "s1"));

        assertThat(trail.pairs()).containsExactly("a>b", "c>e");
        assertThat(trail.linker().rules().inForce().all()).isEmpty();
    }

    @Test
    void shouldCountARuleOfTheLogThatCannotBeRead() {
        Trail trail = Trail.of(Trail.RULE);

        trail.come(
                AuditEvent.own("audit", LinkEvents.RULE)
                        .id("bad")
                        .occurredAt(Trail.START)
                        .attribute("name", "shock-halts")
                        .attribute("definition", "{name: shock-halts}")
                        .build());

        assertThat(trail.linker().writer().counters().refused).isEqualTo(1);
        assertThat(trail.linker().rules().inForce().all()).hasSize(1);
    }

    @Test
    void shouldTellLinksInTheOrderInWhichTheyWereFound() {
        Trail trail = Trail.of(Trail.RULE);

        trail.come(Trail.event("halt", "b", 3, "s1"), Trail.event("shock", "a", 0, "s1"));
        trail.come(Trail.event("halt", "c", 1, "s1"));

        assertThat(trail.reader().after(0, 0, 10).links())
                .extracting(found -> found.sequence() + " " + found.link().effectId())
                .containsExactly("1 b", "2 c");
        assertThat(trail.reader().after(1, 1, 10).links()).hasSize(1);
    }

    @Test
    void shouldDropLinksOfEventsThatLeftTheLog() {
        Trail trail = Trail.of(Trail.RULE);
        trail.come(
                Trail.event("shock", "a", 0, "s1"),
                Trail.event("halt", "b", 1, "s1"),
                Trail.event("shock", "c", 2, "s2"),
                Trail.event("halt", "d", 3, "s2"),
                Trail.event("x", "e", 4).causeId("a").build());
        long first = trail.store().byId("c").orElseThrow().position();

        assertThat(trail.linker().drop(first, 10)).isEqualTo(2);
        trail.commit();

        assertThat(trail.pairs()).containsExactly("c>d", "a>e");
        assertThat(trail.reader().effectsOf("a", 10)).isEmpty();
        assertThat(trail.reader().effectsOf("c", 10)).hasSize(1);
        assertThat(trail.linker().drop(first, 10)).isZero();
    }
}
