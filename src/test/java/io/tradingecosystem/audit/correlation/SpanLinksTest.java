package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.links.FoundLinks;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.correlation.links.LinkStoreReader;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.SpanLink;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.store.ShortenedLog;
import io.tradingecosystem.audit.store.Store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Links that follow from what spans say of each other. */
class SpanLinksTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Duration LONG = Duration.ofHours(2);

    private final Trail trail = Trail.of().decide(Trail.BOUNDS);

    private static AuditEventBuilder span(String id, double seconds, int span) {
        return Trail.event("span", id, seconds).traceId(TRACE).spanId(hex(span));
    }

    private static AuditEvent child(String id, double seconds, int span, int parent) {
        return span(id, seconds, span).parentSpanId(hex(parent)).build();
    }

    private static AuditEvent linked(String id, double seconds, int span) {
        return Trail.event("batch", id, seconds)
                .links(List.of(new SpanLink(TRACE, hex(span))))
                .build();
    }

    private static String hex(int span) {
        return "%016x".formatted(span);
    }

    private static List<String> pairs(List<Link> links) {
        return links.stream().map(link -> link.causeId() + ">" + link.effectId()).toList();
    }

    private long position(String id) {
        return trail.store().byId(id).orElseThrow().position();
    }

    private LinkStoreReader readerFrom(long first) {
        ShortenedLog rest = new ShortenedLog(trail.store(), first);
        return new LinkStoreReader(trail.store().projection("correlation"), rest, rest);
    }

    private Replay.Outcome replayedFrom(long first) {
        ShortenedLog rest = new ShortenedLog(trail.store(), first);
        return LinkReplay.compare(new Store(rest, rest, trail.store()), Trail.BOUNDS);
    }

    @Test
    void shouldLinkWithASpanThatComesHoursLater() {
        trail.come(child("c", 5, 2, 1), linked("b", 6, 1));
        assertThat(trail.pairs()).isEmpty();
        trail.pass(LONG);
        trail.crash();
        trail.come(span("p", 0, 1).build());

        assertThat(trail.pairs()).containsExactly("p>c", "p>b");
        assertThat(pairs(trail.reader().effectsOf("p", 10))).containsExactly("p>c", "p>b");
        assertThat(pairs(trail.reader().causesOf("c", 10))).containsExactly("p>c");
        assertThat(replayedFrom(1).differences()).isEmpty();
        assertThat(replayedFrom(1).compared()).isEqualTo(2);
    }

    @Test
    void shouldLinkWithASpanThatCameHoursBefore() {
        trail.come(span("p", 0, 1).build());
        trail.pass(LONG);
        trail.come(child("c", 5, 2, 1), linked("b", 6, 1));

        assertThat(trail.pairs()).containsExactly("p>c", "p>b");
    }

    @Test
    void shouldLetAnEarlierEventOfASpanStandForItHoweverLateItComes() {
        trail.come(span("p2", 1, 1).build(), child("c", 5, 2, 1));
        trail.pass(LONG);
        trail.come(span("p1", 0, 1).build());

        assertThat(trail.pairs()).containsExactly("p1>c");
        assertThat(trail.reader().effectsOf("p2", 10)).isEmpty();
        assertThat(pairs(trail.reader().effectsOf("p1", 10))).containsExactly("p1>c");
    }

    @Test
    void shouldLetTheNextEventStandForASpanWhenTheFirstLeftTheLog() {
        trail.come(span("p1", 0, 1).build(), span("p2", 1, 1).build(), child("c", 5, 2, 1));

        assertThat(pairs(readerFrom(position("p2")).all())).containsExactly("p2>c");
        assertThat(readerFrom(position("c")).all()).isEmpty();
        assertThat(replayedFrom(position("p2")).differences()).isEmpty();
    }

    @Test
    void shouldNotLinkAnEventThatIsNotWorkedInYet() {
        trail.come(span("p", 0, 1).build());
        trail.append(child("c", 5, 2, 1));

        assertThat(trail.reader().causesOf("c", 10)).isEmpty();
        trail.work();
        assertThat(trail.reader().causesOf("c", 10)).hasSize(1);
    }

    /** As Zipkin's B3 lets them; a log record, and what is below, names the span as its parent. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldLinkWithTheEventOfTheOwnServiceWhereClientAndServerShareASpan(long seed) {
        List<AuditEvent> events = new ArrayList<>();
        events.add(of("client", "client", 0).spanId(hex(1)).build());
        events.add(of("server", "server", 1).spanId(hex(1)).build());
        events.add(of("server", "second", 1.5).spanId(hex(1)).build());
        events.add(of("client", "log-of-client", 2).parentSpanId(hex(1)).build());
        events.add(of("server", "log-of-server", 3).parentSpanId(hex(1)).build());
        events.add(of("server", "below", 4).spanId(hex(2)).parentSpanId(hex(1)).build());
        events.add(of("elsewhere", "other", 5).spanId(hex(3)).parentSpanId(hex(1)).build());
        events.add(linked("batch", 6, 1));
        Collections.shuffle(events, new Random(seed));
        for (AuditEvent event : events) {
            trail.come(event);
        }

        assertThat(trail.pairs())
                .containsExactlyInAnyOrder(
                        "client>log-of-client",
                        "server>log-of-server",
                        "server>below",
                        "client>other",
                        "client>batch");
        assertThat(pairs(trail.reader().effectsOf("client", 10)))
                .containsExactly("client>log-of-client", "client>other", "client>batch");
        assertThat(pairs(trail.reader().effectsOf("server", 10)))
                .containsExactly("server>log-of-server", "server>below");
        assertThat(trail.reader().effectsOf("second", 10)).isEmpty();
        assertThat(replayedFrom(1).differences()).isEmpty();
        assertThat(told()).containsAll(trail.pairs());
    }

    /** What watchers heard of; of an earlier state, too. */
    private List<String> told() {
        return trail.reader().after(0, Long.MAX_VALUE, 1_000).links().stream()
                .map(found -> found.link().causeId() + ">" + found.link().effectId())
                .toList();
    }

    private static AuditEventBuilder of(String service, String id, double seconds) {
        return Trail.event(service, "span", id, seconds).traceId(TRACE);
    }

    @Test
    void shouldLinkWithTheFirstOfASpanWhereTheOwnServiceIsBehindAsManyAsAreLookedAt() {
        for (int i = 0; i < 1_001; i++) {
            trail.come(of("client", "client-" + i, i).spanId(hex(1)).build());
        }
        trail.come(of("server", "server", 2_000).spanId(hex(1)).build());
        trail.come(of("server", "log", 2_001).parentSpanId(hex(1)).build());

        assertThat(trail.pairs()).containsExactly("client-0>log");
        assertThat(pairs(trail.reader().effectsOf("client-0", 10))).containsExactly("client-0>log");
        assertThat(trail.reader().effectsOf("server", 10)).isEmpty();
    }

    @Test
    void shouldTakeNoSpanForItsOwnCause() {
        trail.come(
                child("loop", 0, 1, 1),
                span("self", 1, 2).links(List.of(new SpanLink(TRACE, hex(2)))).build());

        assertThat(trail.links()).isEmpty();
    }

    @Test
    void shouldTellALinkOnceThatTheSenderNamesInTwoWays() {
        trail.come(
                span("p", 0, 1).build(),
                Trail.event("x", "c", 1)
                        .causeId("p")
                        .links(List.of(new SpanLink(TRACE, hex(1))))
                        .build());

        assertThat(trail.pairs()).containsExactly("p>c");
        assertThat(told(0)).containsExactly("p>c");
    }

    @Test
    void shouldListLinksOfAllKindsInOneOrderAPageAtATime() {
        trail.come(
                span("p", 0, 1).build(),
                child("c1", 1, 2, 1),
                Trail.event("x", "n", 2).causeId("p").build(),
                child("c2", 3, 3, 1),
                child("alone", 3.5, 3, 99),
                linked("b", 4, 1));

        assertThat(paged("", Optional.empty())).containsExactly("p>b", "p>c2", "p>n", "p>c1");
        assertThat(paged("p", Optional.empty())).containsExactly("p>b", "p>c2", "p>n", "p>c1");
        assertThat(paged("", Optional.of(Kind.PARENT))).containsExactly("p>c2", "p>c1");
        assertThat(paged("", Optional.of(Kind.EXPLICIT))).containsExactly("p>b", "p>n");
        assertThat(paged("p", Optional.of(Kind.PARENT))).containsExactly("p>c2", "p>c1");
        assertThat(paged("c1", Optional.empty())).containsExactly("p>c1");
        assertThat(paged("", Optional.of(Kind.RULE))).isEmpty();
    }

    private List<String> paged(String event, Optional<Kind> kind) {
        LinkQuery query = new LinkQuery("", kind, event, Selection.BEGINNING, Selection.END, 1, "");
        List<String> found = new ArrayList<>();
        LinkPage page = trail.reader().list(query);
        found.addAll(pairs(page.links()));
        while (!page.nextPageToken().isEmpty()) {
            page = trail.reader().list(query.from(page.nextPageToken()));
            found.addAll(pairs(page.links()));
        }
        return found;
    }

    @Test
    void shouldTellALinkWhenTheLaterOfItsEventsComes() {
        trail.come(child("c1", 1, 2, 1), child("c2", 2, 3, 1));
        long before = trail.linker().writer().counters().sequence;
        trail.come(span("p", 0, 1).build(), child("c3", 3, 4, 1));

        assertThat(told(0)).containsExactly("p>c1", "p>c2", "p>c3");
        assertThat(told(before)).containsExactly("p>c1", "p>c2", "p>c3");
        assertThat(trail.reader().after(before, before, 10).links())
                .extracting(found -> found.sequence() - before)
                .as("who has not heard the last of a place hears all of it again")
                .containsExactly(0L, 1L, 2L);
        assertThat(trail.linker().writer().found()).containsEntry("parent", 3L);
    }

    private List<String> told(long after) {
        return trail.reader().after(after, after, 1_000).links().stream()
                .map(found -> found.link().causeId() + ">" + found.link().effectId())
                .toList();
    }

    @Test
    void shouldTellNoMoreThanSoManyEffectsOfOneEventAndSaySo() {
        int many = 1_001;
        for (int i = 0; i < many; i++) {
            trail.append(child("c%04d".formatted(i), i, 2 + i, 1));
        }
        trail.come(span("p", 0, 1).build());
        long last = trail.linker().writer().counters().sequence;

        FoundLinks found = trail.reader().after(last - 1, last, 10);

        assertThat(found.links()).hasSize(many - 1).allMatch(each -> each.sequence() == last - 1);
        assertThat(found.cut()).containsExactly(last);
        assertThat(found.upTo()).isEqualTo(last);
        assertThat(trail.reader().effectsOf("p", 2_000)).hasSize(many);
    }

    @Test
    void shouldLeaveNoRecordOfASpanWhoseEventsLeftTheLog() {
        trail.come(span("p", 0, 1).build(), child("c", 1, 2, 1), linked("b", 2, 2));
        trail.come(child("late", -1, 3, 2));
        long first = position("late");

        while (trail.linker().drop(first, 10) == 10) {
            trail.commit();
        }
        trail.commit();

        for (char table : LinkKeys.SPAN_TABLES) {
            List<Long> left = new ArrayList<>();
            trail.store()
                    .projection("correlation")
                    .scan(table, (key, value) -> left.add(LinkKeys.eventOfSpan(key)));
            assertThat(left).allMatch(position -> position == first);
        }
        assertThat(trail.records(LinkKeys.SPAN_EVENTS)).hasSize(1);
        assertThat(trail.records(LinkKeys.BATCHES_OF_PARENTS)).hasSize(1);
    }

    @Test
    void shouldFindASpanByTheIdThatItGivesItsEvent() {
        trail.come(named(1, 0), child("c", 5, 2, 1));

        assertThat(trail.records(LinkKeys.SPAN_EVENTS)).as("of c alone").hasSize(1);
        assertThat(trail.pairs()).containsExactly(TRACE + "-" + hex(1) + ">c");
        trail.come(span("before", -1, 1).build());
        assertThat(trail.pairs()).containsExactly("before>c");
        assertThat(trail.reader().effectsOf(TRACE + "-" + hex(1), 10)).isEmpty();
    }

    @Test
    void shouldNotTakeTheIdForTheSpanOfAnEvent() {
        trail.come(span(TRACE + "-" + hex(1), 0, 9).build(), child("c", 5, 2, 1));

        assertThat(trail.links()).isEmpty();
    }

    @Test
    void shouldNotFindASpanThatIsNotWorkedInYet() {
        trail.come(child("c", 5, 2, 1));
        trail.append(named(1, 0));

        assertThat(trail.links()).isEmpty();
        trail.work();
        assertThat(trail.links()).hasSize(1);
    }

    private static AuditEvent named(int span, double seconds) {
        return span(TRACE + "-" + hex(span), seconds, span).build();
    }

    @Test
    void shouldGoOnInTheMiddleOfWhatWasFoundTogether() {
        trail.append(span("p", 0, 1).build());
        for (int i = 0; i < 3_000; i++) {
            trail.append(child("c%04d".formatted(i), i, 2 + i, 1));
        }
        trail.work();

        assertThat(trail.records('q')).hasSizeLessThan(5);
        assertThat(trail.reader().after(1_500, 3_001, 3).links())
                .extracting(found -> found.sequence() + " " + found.link().effectId())
                .containsExactly("1501 c1499", "1502 c1500", "1503 c1501");
        assertThat(trail.reader().after(2_999, 3_001, 10).links()).hasSize(2);
    }

    @Test
    void shouldRememberNoSpan() {
        LinkBounds few =
                new LinkBounds(Duration.ofSeconds(10), ClockSkew.of(Duration.ZERO), 3, 32, 256);
        Trail small = Trail.of(few);
        for (int i = 0; i < 20; i++) {
            small.come(child("c" + i, i + 1, i + 2, i + 1));
        }
        small.come(span("p", 0, 1).build());

        assertThat(small.links()).hasSize(20);
        assertThat(small.linker().writer().counters().evicted).isZero();
    }

    @Test
    void shouldFindTheLinksOfSpansThatAnOlderVersionLinked() {
        trail.come(child("c", 1, 2, 1), span("p", 0, 1).build());
        asAnOlderVersionLeftIt();
        trail.crash();
        trail.come(child("new", 2, 3, 1));
        assertThat(trail.pairs()).isEmpty();
        assertThat(replayedFrom(1).differences()).isEmpty();
        assertThat(replayedFrom(1).notComparable()).isPositive();

        assertThat(trail.linker().spans().isFilled()).isFalse();
        while (!trail.linker().spans().isFilled()) {
            trail.linker().spans().fill(trail.store(), 1);
            trail.commit();
            trail.crash();
        }

        assertThat(trail.pairs()).containsExactly("p>c", "p>new");
        assertThat(replayedFrom(1).differences()).isEmpty();
        assertThat(replayedFrom(1).notComparable()).isZero();
    }

    /** Without records of spans, and without the numbers that tell of them. */
    private void asAnOlderVersionLeftIt() {
        Projection projection = trail.store().projection("correlation");
        projection.commit(
                projection.position(),
                changes ->
                        LinkKeys.SPAN_TABLES.forEach(
                                table ->
                                        projection.scan(
                                                table,
                                                (key, value) -> {
                                                    changes.delete(key);
                                                    return true;
                                                })));
        trail.rewrite('m', value -> Arrays.copyOf(value, 7 * Long.BYTES));
    }

    @Test
    void shouldSayWhereAReplayFindsAnotherSpan() {
        trail.come(child("c", 1, 2, 1), span("p", 0, 1).build());
        Projection projection = trail.store().projection("correlation");
        projection.commit(
                projection.position(),
                changes ->
                        projection.scan(
                                LinkKeys.SPAN_EVENTS,
                                (key, value) -> {
                                    changes.delete(key);
                                    return true;
                                }));

        assertThat(replayedFrom(1).differences()).hasSize(2);
    }
}
