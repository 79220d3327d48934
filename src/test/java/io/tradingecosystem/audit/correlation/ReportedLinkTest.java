package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tradingecosystem.audit.common.Hash;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.links.ManualLink;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.SpanLink;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** Links that senders and people report, and what is kept of events. */
class ReportedLinkTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private static AuditEvent reported(String cause, String effect, double confidence) {
        return LinkEvents.link(
                "audit", Trail.START, new ManualLink(cause, effect, "seen", confidence));
    }

    @Test
    void shouldTakeALinkThatSomebodyReported() {
        Trail trail = Trail.of();
        trail.come(Trail.event("x", "a", 0, ""), Trail.event("x", "b", 1, ""));

        trail.come(reported("a", "b", 0.5));
        AuditEvent again = reported("a", "b", 0.75).toBuilder().id("again").build();
        trail.come(again);
        trail.come(Trail.event("x", "c", 0.5, ""), reported("c", "b", 0.25));

        assertThat(trail.links())
                .extracting(Link::kind, Link::causeId, Link::effectId, Link::confidence)
                .containsExactly(
                        tuple(Kind.MANUAL, "a", "b", 0.75), tuple(Kind.MANUAL, "c", "b", 0.25));
        assertThat(trail.linker().writer().counters().refused).isZero();
    }

    @Test
    void shouldRefuseALinkWithAnEventThatHadNotCome() {
        Trail trail = Trail.of();

        trail.come(
                reported("a", "b", 0.5),
                Trail.event("x", "a", 0, ""),
                Trail.event("x", "b", 1, ""));

        assertThat(trail.pairs()).isEmpty();
        assertThat(trail.linker().writer().counters().refused).isEqualTo(1);
        AuditEvent nonsense =
                reported("a", "b", 0.5).toBuilder().id("n").attribute("confidence", 2).build();
        trail.come(nonsense);
        assertThat(trail.linker().writer().counters().refused).isEqualTo(2);
    }

    @Test
    void shouldNotLinkASpanWithItself() {
        Trail trail = Trail.of();
        String other = "00f067aa0ba902b7";

        trail.come(
                Trail.event("x", "first", 0).traceId(TRACE).spanId(SPAN).build(),
                Trail.event("x", "own", 1)
                        .traceId(TRACE)
                        .spanId(SPAN)
                        .parentSpanId(SPAN)
                        .links(List.of(new SpanLink(TRACE, SPAN)))
                        .build(),
                Trail.event("x", "sameTrace", 2)
                        .traceId(TRACE)
                        .spanId(other)
                        .links(List.of(new SpanLink(TRACE, SPAN)))
                        .build(),
                Trail.event("x", "otherTrace", 3)
                        .traceId(TRACE.replace('0', '1'))
                        .spanId(SPAN)
                        .links(List.of(new SpanLink(TRACE, SPAN)))
                        .build());

        assertThat(trail.pairs()).containsExactly("first>sameTrace", "first>otherTrace");
    }

    @Test
    void shouldDropAtMostSoManyAtATime() {
        Trail trail = Trail.of();
        for (int i = 0; i < 3; i++) {
            trail.come(
                    Trail.event("x", "a" + i, i, ""),
                    Trail.event("x", "b" + i, i).causeId("a" + i).build());
        }
        long behind = trail.store().byId("b2").orElseThrow().position() + 1;

        assertThat(trail.linker().drop(behind, 2)).isEqualTo(2);
        trail.commit();
        assertThat(trail.pairs()).containsExactly("a2>b2");
        assertThat(trail.linker().drop(behind - 1, 2)).as("a cause, no effect").isEqualTo(1);
        assertThat(trail.linker().drop(behind - 2, 2)).isZero();
    }

    @Test
    void shouldWriteNoCheckpointOfWhatIsForgotten() {
        Trail trail = Trail.of(Trail.RULE);
        trail.come(Trail.event("shock", "a", 0, "s1"));
        assertThat(trail.records(LinkKeys.CHECKPOINTS)).hasSize(1);

        trail.pass(Duration.ofMinutes(2));
        trail.come(Trail.event("noise", "n", 120, ""));

        assertThat(trail.records(LinkKeys.CHECKPOINTS)).isEmpty();
        assertThat(trail.linker().commit()).isEmpty();
    }

    @Test
    void shouldTellWhatWasFoundWithACommit() {
        Trail trail = Trail.of();
        trail.append(Trail.event("x", "a", 0, ""), Trail.event("x", "b", 1).causeId("a").build());
        trail.work(10);

        assertThat(trail.linker().commit())
                .extracting(LinkStoreWriter.Found::label)
                .containsExactly("explicit");
        assertThat(trail.linker().writer().found()).containsEntry("explicit", 1L);
        trail.crash();
        assertThat(trail.linker().writer().found()).containsEntry("explicit", 1L);
    }

    @Test
    void shouldJoinOnlyWhatHasTheKeyOnItsOwnSide() {
        RuleState rule =
                new RuleState(
                        1,
                        RuleReader.KIND.readOne(
                                "test",
                                Trail.RULE.replace(
                                        "[scenario_id]", "[{cause: symbol, effect: instrument}]"),
                                Definition.FILE),
                        Trail.BOUNDS);
        AuditEvent shock = Trail.event("shock", "a", 0).attribute("symbol", "BTC").build();
        AuditEvent halt = Trail.event("halt", "b", 0).attribute("instrument", "BTC").build();
        AuditEvent swapped = Trail.event("halt", "c", 0).attribute("symbol", "BTC").build();

        assertThat(rule.side(true).join(shock)).hasValue(Hash.add(Hash.SEED, "BTC"));
        assertThat(rule.side(false).join(halt)).hasValue(Hash.add(Hash.SEED, "BTC"));
        assertThat(rule.side(false).join(swapped)).isEmpty();
        assertThat(rule.side(false).join(shock)).isEmpty();
    }
}
