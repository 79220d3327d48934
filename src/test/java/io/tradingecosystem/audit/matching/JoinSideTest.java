package io.tradingecosystem.audit.matching;

import static io.tradingecosystem.audit.matching.HeldSide.BUCKET;
import static io.tradingecosystem.audit.matching.HeldSide.KEY;
import static io.tradingecosystem.audit.matching.HeldSide.OTHER;
import static io.tradingecosystem.audit.matching.HeldSide.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.matching.JoinStore.Kind;
import io.tradingecosystem.audit.matching.JoinStore.SideId;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** One side of a join, of which a bucket has ten nanoseconds. */
class JoinSideTest {
    private final HeldSide held = new HeldSide();

    private JoinSide side() {
        return held.side();
    }

    private void addAt(long... times) {
        for (long at : times) {
            assertThat(held.add(KEY, "e" + at, at)).isTrue();
        }
    }

    @Test
    void shouldVisitInTheOrderOfTimeAcrossBuckets() {
        addAt(25, -3, 9, 10, 0, 31);

        assertThat(held.ascending(KEY, -3, 31))
                .containsExactly("e-3", "e0", "e9", "e10", "e25", "e31");
        assertThat(held.descending(KEY, -3, 31))
                .containsExactly("e31", "e25", "e10", "e9", "e0", "e-3");
        assertThat(held.ascending(OTHER, -3, 31)).isEmpty();
    }

    @Test
    void shouldCountBothEndsOfATime() {
        addAt(9, 10, 11, 20);

        assertThat(held.ascending(KEY, 10, 20)).containsExactly("e10", "e11", "e20");
        assertThat(held.ascending(KEY, 11, 19)).containsExactly("e11");
        assertThat(held.descending(KEY, 10, 20)).containsExactly("e20", "e11", "e10");
        assertThat(held.descending(KEY, 10, 10)).containsExactly("e10");
        assertThat(held.descending(KEY, 11, 10)).as("an end before its beginning").isEmpty();
    }

    @Test
    void shouldOrderEventsOfOneTimeByTheirIds() {
        for (String id : List.of("c", "a", "b")) {
            held.add(KEY, id, 5);
        }

        assertThat(held.ascending(KEY, 5, 5)).containsExactly("a", "b", "c");
        assertThat(held.descending(KEY, 5, 5)).containsExactly("c", "b", "a");
    }

    @Test
    void shouldTellWhetherAllWereVisited() {
        addAt(1, 2, 12);
        List<Long> seen = new ArrayList<>();

        assertThat(side().ascending(KEY, 0, 20, each -> seen.add(each.at()) && each.at() < 2))
                .isFalse();
        assertThat(side().descending(KEY, 0, 20, each -> seen.add(each.at()) && each.at() > 2))
                .isFalse();
        assertThat(seen).containsExactly(1L, 2L, 12L, 2L);
        assertThat(side().ascending(KEY, 0, 20, each -> true)).isTrue();
        assertThat(side().descending(KEY, 0, 20, each -> true)).isTrue();
    }

    @Test
    void shouldKeepAnEventOnce() {
        addAt(1, 2);

        assertThat(held.add(KEY, "e1", 1)).isFalse();
        assertThat(held.add(KEY, "e2", 2)).isFalse();
        assertThat(held.add(OTHER, "e1", 1)).as("with another key").isTrue();
        assertThat(side().size()).isEqualTo(3);
        held.restart();
        assertThat(held.add(KEY, "e1", 1)).as("told again after a start").isFalse();
        assertThat(side().size()).isEqualTo(3);
    }

    @Test
    void shouldLetGoOfBucketsThatAreOver() {
        addAt(1, 9, 10, 19, 20);

        assertThat(side().expire(19)).isEqualTo(2);
        assertThat(side().completeFrom()).isEqualTo(10);
        assertThat(held.ascending(KEY, 0, 99)).containsExactly("e10", "e19", "e20");
        assertThat(held.add(KEY, "late", 9)).isFalse();
        assertThat(held.add(KEY, "in time", 10)).isTrue();
        assertThat(side().expire(5)).as("a time that is past already").isZero();
        assertThat(side().completeFrom()).isEqualTo(10);
        assertThat(side().isComplete(10, 99)).isTrue();
        assertThat(side().isComplete(9, 99)).isFalse();
    }

    @Test
    void shouldEvictTheOldestBucketFirst() {
        addAt(1, 2, 11, 21);

        assertThat(side().evict(21)).isEqualTo(2);
        assertThat(side().completeFrom()).isEqualTo(10);
        assertThat(held.add(KEY, "late", 9)).isFalse();
        assertThat(held.ascending(KEY, 0, 99)).containsExactly("e11", "e21");
        assertThat(side().size()).isEqualTo(2);
    }

    @Test
    void shouldEvictWhatLiesFurtherAheadThanAnyLiesBehind() {
        addAt(1, 2, 11, 91, 95);

        assertThat(side().evict(11)).isEqualTo(2);
        assertThat(side().isComplete(1, 89)).isTrue();
        assertThat(side().isComplete(1, 90)).isFalse();
        assertThat(held.add(KEY, "ahead", 90)).isFalse();
        assertThat(held.add(KEY, "before", 89)).isTrue();
    }

    @Test
    void shouldEvictWhatLiesFurtherAheadWheneverThatIs() {
        addAt(101, 112, 195);

        assertThat(side().evict(112)).isEqualTo(1);
        assertThat(held.ascending(KEY, 0, 999)).containsExactly("e101", "e112");
    }

    @Test
    void shouldEvictThePastOfTwoThatAreAsFarAway() {
        addAt(5, 45);

        assertThat(side().evict(25)).isEqualTo(1);
        assertThat(held.ascending(KEY, 0, 99)).containsExactly("e45");
    }

    @Test
    void shouldKnowWhatItEvictedWhenItStartsAgain() {
        addAt(1, 11, 21, 91);
        side().evict(11);
        side().evict(21);

        held.restart();

        assertThat(side().completeFrom()).isEqualTo(BUCKET);
        assertThat(side().isComplete(10, 89)).isTrue();
        assertThat(side().isComplete(9, 89)).isFalse();
        assertThat(side().isComplete(10, 90)).isFalse();
    }

    @Test
    void shouldReadAgainWhatItFreed() {
        addAt(1, 2, 11);
        held.commit();

        assertThat(held.store().cached()).isEqualTo(3);
        assertThat(side().uncache(1)).as("a bucket is freed as a whole").isEqualTo(2);
        assertThat(held.store().cached()).isEqualTo(1);
        assertThat(held.ascending(KEY, 0, 99)).containsExactly("e1", "e2", "e11");
        assertThat(held.ascending(OTHER, 0, 99)).isEmpty();
        assertThat(held.add(KEY, "e2", 2)).isFalse();
        assertThat(side().uncache(99)).as("two, their key, another key, one").isEqualTo(5);
        assertThat(held.store().cached()).isZero();
        assertThat(side().size()).isEqualTo(3);
    }

    @Test
    void shouldBeAsItWasAfterAStart() {
        JoinedEvent event =
                new JoinedEvent("id", "filled", -7, 12, new EventClock("venue", "service venue"));
        side().add(KEY, event);
        held.add(OTHER, "other", 7);

        held.restart();

        List<JoinedEvent> found = new ArrayList<>();
        side().ascending(KEY, -7, -7, found::add);
        assertThat(found).containsExactly(event);
        assertThat(held.ascending(OTHER, 0, 9)).containsExactly("other");
        assertThat(side().size()).isEqualTo(2);
    }

    @Test
    void shouldStayGoneWhatWentBeforeAStart() {
        addAt(1, 11, 21);
        held.commit();
        side().expire(11);
        held.add(KEY, "new", 12);
        held.restart();

        assertThat(side().size()).isEqualTo(3);
        assertThat(held.ascending(KEY, 0, 99)).containsExactly("e11", "new", "e21");
        assertThat(side().clear()).isEqualTo(3);
        assertThat(side().size()).isZero();
        held.restart();
        assertThat(held.ascending(KEY, 0, 99)).isEmpty();
        assertThat(side().size()).isZero();
    }

    @Test
    void shouldLeaveNothingOnDiskOfWhatIsGone() {
        addAt(1, 11, 91);
        side().evict(11);
        held.commit();
        assertThat(held.keys('B')).hasSize(2);
        assertThat(held.keys('C')).as("a count for each bucket, and a bound").hasSize(3);

        side().clear();
        held.commit();
        assertThat(held.keys('B')).isEmpty();
        assertThat(held.keys('C')).isEmpty();
    }

    @Test
    void shouldLieOnDiskByBucketThenKeyThenTime() {
        addAt(-7, 91);
        side().evict(0);
        held.commit();

        String effects = "0000000765";
        String bucketBeforeZero = "7fffffffffffffff";
        String key = "0000000000000001ffffffffffffffff";
        String time = "7ffffffffffffff9";
        assertThat(held.keys('B'))
                .containsExactly("42" + effects + bucketBeforeZero + key + time + "652d37");
        assertThat(held.keys('C'))
                .containsExactly("430000000745", "43" + effects + bucketBeforeZero);
    }

    @Test
    void shouldNotMixSides() {
        addAt(1);
        held.commit();

        for (SideId other : List.of(new SideId(7, Kind.TRIGGERS), new SideId(8, Kind.EFFECTS))) {
            JoinSide side = new JoinSide(held.store(), other, BUCKET, Long.MIN_VALUE);
            assertThat(side.size()).isZero();
            assertThat(side.add(KEY, event("mine", 1))).isTrue();
            assertThat(side.clear()).isEqualTo(1);
        }
        assertThat(held.ascending(KEY, 0, 9)).containsExactly("e1");
        held.restart();
        assertThat(held.ascending(KEY, 0, 9)).containsExactly("e1");
    }

    @Test
    void shouldShareTypesAndClocks() {
        JoinedEvent one = held.store().interned(event("a", 1));
        JoinedEvent other =
                held.store()
                        .interned(
                                new JoinedEvent(
                                        "b",
                                        String.valueOf("type".toCharArray()),
                                        2,
                                        5,
                                        new EventClock("desk", "host.id h")));

        assertThat(other.clock()).isSameAs(one.clock());
        assertThat(other.type()).isSameAs(one.type());
        assertThat(other).isEqualTo(event("b", 2));
    }

    @Test
    void shouldShareNoMoreThanTheHeapHasRoomFor() {
        JoinStore store = held.store();
        String first = store.interned(ofType("first")).type();
        for (int i = 0; i < 10_000; i++) {
            store.interned(ofType("type " + i));
        }
        String again = store.interned(ofType("first")).type();
        assertThat(again).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void shouldShareNoMoreClocksThanTheHeapHasRoomFor() {
        JoinStore store = held.store();
        EventClock first = store.interned(ofClock("first")).clock();
        for (int i = 0; i < 10_000; i++) {
            store.interned(ofClock("clock " + i));
        }
        EventClock again = store.interned(ofClock("first")).clock();
        assertThat(again).isEqualTo(first).isNotSameAs(first);
    }

    private static JoinedEvent ofType(String type) {
        return new JoinedEvent(
                "id", String.valueOf(type.toCharArray()), 1, 1, new EventClock("desk", "one"));
    }

    private static JoinedEvent ofClock(String name) {
        return new JoinedEvent("id", "type", 1, 1, new EventClock("desk", name));
    }
}
