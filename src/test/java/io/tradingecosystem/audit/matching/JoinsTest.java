package io.tradingecosystem.audit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The joins of a follower, and the bounds that they share. */
class JoinsTest {
    private static final long SECOND = 1_000_000_000;
    private static final long HOLD = 80 * SECOND;
    private static final JoinHash KEY = new JoinHash(3, 4);

    private final Projection projection =
            MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("joins");
    private StoreTransaction transaction = new StoreTransaction(projection);
    private Joins joins = joins(5, 100);

    private Joins joins(long maxHeld, int maxCached) {
        transaction = new StoreTransaction(projection);
        return new Joins(transaction, 'B', 'C', maxHeld, maxCached);
    }

    private IntervalJoin open(int number) {
        return joins.open(number, HOLD, Long.MIN_VALUE, key("k" + number));
    }

    /** Of a side that joins share if an effect has its key under the same name. */
    private static SideKey key(String name) {
        EventPattern any = new EventPattern(List.of(), List.of(), Optional.empty(), Map.of());
        return new SideKey(any, List.of(name), HOLD);
    }

    private static JoinSide effects(IntervalJoin join) {
        return join.shared().events();
    }

    private void commit() {
        joins.flush();
        transaction.commit(transaction.position() + 1);
        joins.committed();
    }

    private void add(JoinSide side, String id, long seconds, long now) {
        joins.add(side, KEY, event(id, seconds), now * SECOND);
    }

    private static JoinedEvent event(String id, long seconds) {
        return HeldSide.event(id, seconds * SECOND);
    }

    private static List<String> ids(JoinSide side) {
        List<String> ids = new ArrayList<>();
        side.ascending(KEY, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2, each -> ids.add(each.id()));
        return ids;
    }

    @Test
    void shouldFindWhatIsOpen() {
        IntervalJoin one = open(1);
        IntervalJoin two = joins.open(2, HOLD, 30, key("k2"));

        assertThat(joins.find(1)).containsSame(one);
        assertThat(joins.find(3)).isEmpty();
        assertThat(joins.all()).containsExactly(one, two);
        assertThat(two.number()).isEqualTo(2);
        assertThat(two.definedFrom()).isEqualTo(30);
        assertThat(two.effects().isComplete(30, 40)).isTrue();
        assertThat(two.effects().isComplete(29, 40)).isFalse();
        assertThat(two.triggers().isComplete(29, 40)).as("there was none before").isTrue();
    }

    @Test
    void shouldCountWhatIsKeptAndDropTheOldestOfTheLargestSide() {
        IntervalJoin one = open(1);
        IntervalJoin two = open(2);
        for (int i = 0; i < 3; i++) {
            add(effects(one), "e" + i, i * 20, 60);
        }
        add(effects(one), "e2", 40, 60);
        add(one.triggers(), "t", 0, 60);
        add(two.triggers(), "u", 0, 60);
        assertThat(joins.held()).as("one was told twice").isEqualTo(5);
        assertThat(joins.evicted()).isZero();

        add(effects(two), "f", 60, 60);

        assertThat(ids(effects(one))).containsExactly("e1", "e2");
        assertThat(ids(one.triggers())).containsExactly("t");
        assertThat(ids(effects(two))).containsExactly("f");
        assertThat(joins.held()).isEqualTo(5);
        assertThat(joins.evicted()).isEqualTo(1);
        assertThat(one.effects().isComplete(0, 0)).isFalse();
        assertThat(one.triggers().isComplete(0, 0)).isTrue();
    }

    @Test
    void shouldDropWhatIsFurthestAhead() {
        IntervalJoin one = open(1);
        for (int i = 0; i < 6; i++) {
            add(effects(one), "e" + i, i * 20, 20);
        }
        assertThat(ids(effects(one))).containsExactly("e0", "e1", "e2", "e3", "e4");
    }

    @Test
    void shouldGoOnCountingWhatItDropped() {
        joins.evicted(40);
        IntervalJoin one = open(1);
        for (int i = 0; i < 6; i++) {
            add(effects(one), "e" + i, i * 20, 100);
        }
        assertThat(joins.evicted()).isEqualTo(41);
    }

    @Test
    void shouldDropWhatIsTooMuchWhenLessMayBeKept() {
        IntervalJoin one = open(1);
        for (int i = 0; i < 4; i++) {
            add(effects(one), "e" + i, i * 20, 60);
        }
        joins.maxHeld(4, 60 * SECOND);
        assertThat(joins.evicted()).isZero();

        joins.maxHeld(2, 60 * SECOND);

        assertThat(ids(effects(one))).containsExactly("e2", "e3");
        assertThat(joins.held()).isEqualTo(2);
        assertThat(joins.evicted()).isEqualTo(2);
    }

    @Test
    void shouldLetGoOfWhatNobodyAsksForAnyMore() {
        IntervalJoin one = open(1);
        add(effects(one), "e", 9, 9);
        add(effects(one), "f", 10, 10);
        add(one.triggers(), "t", 9, 10);

        joins.expire(90 * SECOND - 1);
        assertThat(joins.held()).as("the clock goes on by whole seconds").isEqualTo(3);

        joins.expire(90 * SECOND);
        assertThat(joins.held()).isEqualTo(1);
        assertThat(ids(effects(one))).containsExactly("f");
        assertThat(ids(one.triggers())).isEmpty();

        joins.expire(10 * SECOND);
        assertThat(one.effects().completeFrom()).isEqualTo(10 * SECOND);
        assertThat(joins.evicted()).isZero();
    }

    @Test
    void shouldOpenAJoinWithoutWhatIsOverAlready() {
        IntervalJoin one = open(1);
        add(effects(one), "e", 9, 9);
        add(one.triggers(), "t", 30, 9);
        add(effects(one), "f", 30, 9);
        commit();

        joins = joins(5, 100);
        joins.expire(95 * SECOND);
        IntervalJoin again = open(1);

        assertThat(joins.held()).isEqualTo(2);
        assertThat(ids(effects(again))).containsExactly("f");
        assertThat(again.effects().completeFrom()).isEqualTo(10 * SECOND);
    }

    @Test
    void shouldDeleteAJoinWithItsEvents() {
        IntervalJoin one = open(1);
        add(effects(one), "e", 9, 9);
        add(one.triggers(), "t", 9, 9);
        IntervalJoin two = open(2);
        add(effects(two), "f", 9, 9);
        commit();

        joins.close(one);
        assertThat(joins.held()).isEqualTo(1);
        assertThat(joins.find(1)).isEmpty();
        commit();

        joins = joins(5, 100);
        assertThat(ids(effects(open(1)))).isEmpty();
        assertThat(ids(effects(open(2)))).containsExactly("f");
        assertThat(joins.held()).isEqualTo(1);
    }

    @Test
    void shouldFreeTheHeapWhenItHasTooMuch() {
        joins = joins(1_000, 8);
        IntervalJoin one = open(1);
        IntervalJoin two = open(2);
        for (int i = 0; i < 8; i++) {
            add(effects(i < 4 ? one : two), "e" + i, i * 10, i * 10);
        }
        commit();
        assertThat(joins.cached()).as("not more than may be").isEqualTo(8);

        add(two.triggers(), "t", 80, 80);
        assertThat(joins.cached()).isEqualTo(9);
        commit();
        assertThat(joins.cached()).as("a quarter less than may be").isEqualTo(6);
        assertThat(ids(effects(one))).containsExactly("e0", "e1", "e2", "e3");
        assertThat(ids(effects(two))).containsExactly("e4", "e5", "e6", "e7");
        assertThat(joins.held()).isEqualTo(9);
    }

    @Test
    void shouldFreeNoMoreThanItMust() {
        joins = joins(1_000, 8);
        IntervalJoin one = open(1);
        IntervalJoin two = open(2);
        for (int i = 0; i < 12; i++) {
            add((i < 6 ? one : two).triggers(), "t" + i, i * 10, i * 10);
        }
        commit();
        assertThat(joins.cached()).as("the six of the first join were freed").isEqualTo(6);
        assertThat(two.triggers().uncache(1)).as("of the second none").isEqualTo(1);
    }

    @Test
    void shouldKeepTheSameWhateverIsCommittedAndFreedInBetween() {
        List<List<String>> kept = new ArrayList<>();
        for (int every : new int[] {1, 7, 1_000}) {
            transaction =
                    new StoreTransaction(
                            MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("joins"));
            joins = new Joins(transaction, 'B', 'C', 20, every);
            kept.add(keptOf(new Random(5), every));
        }
        assertThat(kept.get(0)).isEqualTo(kept.get(1)).isEqualTo(kept.get(2)).isNotEmpty();
    }

    private List<String> keptOf(Random random, int commitEvery) {
        IntervalJoin one = open(1);
        IntervalJoin two = open(2);
        List<JoinSide> sides = List.of(one.triggers(), effects(one), two.triggers(), effects(two));
        for (int i = 0; i < 400; i++) {
            long now = i;
            add(sides.get(random.nextInt(4)), "e" + i, now - 20 + random.nextInt(40), now);
            joins.expire(now * SECOND);
            if (i % commitEvery == 0) {
                commit();
            }
            long size = sides.stream().mapToLong(JoinSide::size).sum();
            assertThat(joins.held()).isEqualTo(size).isLessThanOrEqualTo(20);
        }
        List<String> kept = new ArrayList<>();
        sides.forEach(side -> kept.addAll(ids(side)));
        kept.add("evicted " + joins.evicted());
        return kept;
    }
}
