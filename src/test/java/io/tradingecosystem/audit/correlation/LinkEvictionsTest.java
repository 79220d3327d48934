package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.EvictionEvents;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.FaultyLog;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.ShortenedLog;
import io.tradingecosystem.audit.store.Store;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** What the memory of links loses is said, in the log and over which time. */
class LinkEvictionsTest {
    private static final LinkBounds TWO =
            new LinkBounds(
                    Duration.ofSeconds(10), ClockSkew.of(Duration.ofMillis(100)), 2, 32, 256);

    private final AtomicLong tick = new AtomicLong();
    private final Trail trail = Trail.of(TWO).decide(TWO);
    private final FaultyLog log = new FaultyLog(trail.store());
    private LinkEvictionReports reports = started();

    private LinkEvictionReports started() {
        return new LinkEvictionReports(log, "audit", new Time(() -> Trail.START, tick::get));
    }

    private void shocks(int from, int to) {
        IntStream.range(from, to)
                .forEach(i -> trail.come(Trail.event("shock", "a" + i, 100 * i, "s" + i)));
    }

    private void tell() {
        reports.tell(trail.linker().evictions(), TWO.maxRemembered());
        trail.work();
    }

    private List<AuditEvent> told() {
        return trail.store().read(0, 1_000).stream()
                .filter(event -> event.type().equals(EvictionEvents.TYPE))
                .toList();
    }

    private static Instant at(double seconds) {
        return Trail.START.plusNanos(Math.round(seconds * 1e9));
    }

    private static Instant since(Omission omission) {
        return omission.since().orElseThrow();
    }

    private static Instant until(Omission omission) {
        return omission.until().orElseThrow();
    }

    private List<Omission> incomplete(double from, double to) {
        return trail.reader().incomplete(at(from), at(to));
    }

    private Replay.Outcome replayedFrom(long first) {
        ShortenedLog rest = new ShortenedLog(trail.store(), first);
        return LinkReplay.compare(new Store(rest, rest, trail.store()), TWO);
    }

    @Test
    void shouldSayNothingWhileNothingIsLost() {
        trail.define(Trail.RULE);
        shocks(0, 2);
        tell();

        assertThat(told()).isEmpty();
        assertThat(incomplete(-1e6, 1e6)).isEmpty();
        assertThat(replayedFrom(1).remarks()).isEmpty();
    }

    @Test
    void shouldSayWhichSideOfWhichRuleLostEventsUpToWhichTime() {
        trail.define(Trail.RULE);
        shocks(0, 5);
        tell();

        AuditEvent event = told().getFirst();
        assertThat(told()).hasSize(1);
        assertThat(event.severity()).isEqualTo(Severity.WARNING);
        assertThat(event.attribute("part")).isEqualTo("links");
        assertThat(event.attribute("rule")).isEqualTo("shock-halts");
        assertThat(event.attribute("side")).isEqualTo("causes");
        assertThat(event.attribute("evicted_events")).isEqualTo("3");
        assertThat(event.attribute("evicted_events_total")).isEqualTo("3");
        assertThat(event.attribute("up_to")).isEqualTo(at(200).toString());
        assertThat(event.attribute("max_remembered")).isEqualTo("2");
        assertThat(event.message())
                .isEqualTo(
                        "links may be missing: 3 waiting events were evicted from causes of"
                                + " shock-halts, the latest of "
                                + at(200)
                                + ", to remember 2");
    }

    @Test
    void shouldSayBetweenEventsOfWhichTimeLinksMayBeMissing() {
        trail.define(Trail.RULE);
        shocks(0, 4);
        trail.crash();

        assertThat(incomplete(-1e6, 1e6))
                .extracting(LinkEvictionsTest::since, LinkEvictionsTest::until)
                .containsExactly(tuple(at(-0.1), at(30)), tuple(at(99.9), at(130)));
        assertThat(incomplete(31, 99)).isEmpty();
        assertThat(incomplete(30, 30)).hasSize(1);
        assertThat(incomplete(99.9, 99.9)).hasSize(1);
        assertThat(incomplete(131, 1e6)).isEmpty();
    }

    @Test
    void shouldKnowOfEventsOfEverySide() {
        trail.define(Trail.RULE);
        trail.come(
                Trail.event("halt", "b", 0, "s1"),
                Trail.event("x", "c", 1).causeId("nobody").build());
        shocks(1, 3);
        tell();

        assertThat(told())
                .extracting(event -> event.attribute("side"))
                .containsExactlyInAnyOrder("effects", "cause-ids");
        assertThat(incomplete(-1e6, 1e6))
                .singleElement()
                .extracting(LinkEvictionsTest::since, LinkEvictionsTest::until)
                .containsExactly(at(-30), at(11.6));
    }

    @Test
    void shouldSayOfEachSideWhatIsNewOnceASecondAtMost() {
        trail.define(Trail.RULE);
        shocks(0, 3);
        tell();
        tell();
        shocks(3, 6);
        tick.addAndGet(Duration.ofMillis(999).toNanos());
        tell();
        assertThat(told()).hasSize(1);

        tick.addAndGet(Duration.ofMillis(1).toNanos());
        tell();
        assertThat(told())
                .extracting(event -> event.attribute("evicted_events"))
                .containsExactly("1", "3");
    }

    @Test
    void shouldNotSayAgainAfterARestartWhatTheLogHasWordOf() {
        trail.define(Trail.RULE);
        shocks(0, 3);
        tell();

        trail.crash();
        reports = started();
        tell();
        assertThat(told()).hasSize(1);

        shocks(3, 4);
        tell();
        assertThat(told())
                .extracting(event -> event.attribute("evicted_events_total"))
                .containsExactly("1", "2");
    }

    @Test
    void shouldSayLaterWhatTheLogDidNotTake() {
        trail.define(Trail.RULE);
        shocks(0, 3);
        log.unavailable(1);
        tell();
        assertThat(told()).isEmpty();

        tick.addAndGet(Duration.ofSeconds(1).toNanos());
        tell();
        assertThat(told()).hasSize(1);
    }

    @Test
    void shouldLoseTheSameInAReplayAndSaySo() {
        trail.define(Trail.RULE);
        shocks(0, 5);
        tell();
        trail.come(Trail.event("halt", "b", 401, "s4"), Trail.event("halt", "c", 1, "s0"));

        Replay.Outcome outcome = replayedFrom(1);

        assertThat(trail.pairs()).containsExactly("a4>b");
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.notComparable()).isZero();
        assertThat(outcome.remarks())
                .singleElement()
                .asString()
                .contains("5 were evicted live, 5 in the replay");
    }

    @Test
    void shouldNotCallEqualWhatLostOtherEvents() {
        trail.define(Trail.RULE);
        shocks(0, 5);
        Projection projection = trail.store().projection("correlation");
        projection.commit(
                projection.position(),
                changes ->
                        changes.delete(
                                LinkKeys.stretch(
                                        LinkKeys.STRETCHES, Times.toEpochNanos(at(99.9)))));

        assertThat(replayedFrom(1).differences())
                .singleElement()
                .asString()
                .startsWith("other events were evicted");
    }

    @Test
    void shouldNotCompareWhatALogThatBeginsLaterLosesOtherwise() {
        trail.define(Trail.RULE);
        shocks(0, 3);
        trail.define(Trail.RULE.replace("30s", "40s"));
        shocks(3, 5);
        trail.come(Trail.event("x", "n", 401).build(), Trail.event("halt", "b", 302, "s3"));
        trail.come(Trail.event("shock", "a5", 405, "s5"), Trail.event("shock", "a6", 406, "s6"));

        Replay.Outcome outcome = replayedFrom(trail.store().byId("a4").orElseThrow().position());

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.notComparable() + outcome.beyond()).isPositive();
    }

    @Test
    void shouldForgetStretchesOfEventsThatLeftTheLog() {
        trail.define(Trail.RULE);
        shocks(0, 5);
        trail.linker().drop(trail.store().byId("a2").orElseThrow().position(), 1_000);
        trail.commit();
        trail.crash();

        assertThat(incomplete(-1e6, 1e6))
                .extracting(LinkEvictionsTest::since)
                .containsExactly(at(199.9));
    }

    @Test
    void shouldJoinTheEarliestStretchesWhenThereAreTooMany() {
        trail.define(Trail.RULE);
        shocks(0, MissingStretches.MAX + 4);
        trail.crash();

        List<Omission> all = incomplete(-1e6, 1e6);
        assertThat(all).hasSize(MissingStretches.MAX);
        assertThat(all.getFirst())
                .extracting(LinkEvictionsTest::since, LinkEvictionsTest::until)
                .containsExactly(at(-0.1), at(230));
    }
}
