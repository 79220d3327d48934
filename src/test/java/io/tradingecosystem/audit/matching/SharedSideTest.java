package io.tradingecosystem.audit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Joins that have the side of their effects in common. */
class SharedSideTest {
    private static final long SECOND = 1_000_000_000;
    private static final long HOLD = 80 * SECOND;
    private static final JoinHash KEY = new JoinHash(3, 4);
    private static final JoinHash OTHER = new JoinHash(3, 5);
    private static final EventPattern ANY =
            new EventPattern(List.of(), List.of(), Optional.empty(), Map.of());

    private final Projection projection =
            MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("joins");
    private StoreTransaction transaction = new StoreTransaction(projection);
    private Joins joins = joins(1_000);

    private Joins joins(long maxHeld) {
        transaction = new StoreTransaction(projection);
        return new Joins(transaction, 'B', 'C', maxHeld, 10);
    }

    private static SideKey key(String cause, String effect, long hold) {
        return SideKey.of(ANY, List.of(new JoinKey(cause, effect)), hold);
    }

    private IntervalJoin open(int number, long from) {
        return joins.open(number, HOLD, from * SECOND, key("c" + number, "k", HOLD));
    }

    private IntervalJoin reopen(IntervalJoin join) {
        return joins.reopen(
                join.number(),
                join.hold(),
                join.definedFrom(),
                key("c", "k", HOLD),
                join.shared().origin());
    }

    private void commit() {
        joins.flush();
        transaction.commit(transaction.position() + 1);
        joins.committed();
    }

    private void effect(IntervalJoin join, String id, long at) {
        joins.addEffect(join.shared(), KEY, HeldSide.event(id, at * SECOND), at * SECOND);
    }

    private void trigger(IntervalJoin join, JoinHash key, long at) {
        joins.addTrigger(join, key, HeldSide.event("t" + at, at * SECOND), at * SECOND);
    }

    private static List<String> ids(IntervalJoin join) {
        List<String> up = new ArrayList<>();
        List<String> down = new ArrayList<>();
        join.effects().ascending(KEY, Long.MIN_VALUE, Long.MAX_VALUE, each -> up.add(each.id()));
        join.effects().descending(KEY, Long.MIN_VALUE, Long.MAX_VALUE, each -> down.add(each.id()));
        assertThat(down.reversed()).isEqualTo(up);
        return up;
    }

    @Test
    void shouldBeThatOfAllWhoWantTheSameForAsLong() {
        IntervalJoin first = open(1, 0);
        assertThat(open(2, 0).shared()).isSameAs(first.shared());
        assertThat(joins.open(3, 1, 0, key("c", "other", HOLD)).shared())
                .as("another key")
                .isNotSameAs(first.shared());
        assertThat(joins.open(4, 1, 0, key("c", "k", 10 * HOLD)).shared())
                .as("for much longer")
                .isNotSameAs(first.shared());
    }

    @Test
    void shouldHoldABucketMoreThanIsAskedForAndLittleMore() {
        for (long hold : new long[] {0, 1, 7, 8, 9, 1_000, HOLD, 3 * HOLD}) {
            assertThat(key("c", "k", hold).hold())
                    .isGreaterThanOrEqualTo(hold + Bucket.length(hold))
                    .isLessThanOrEqualTo((hold + Bucket.length(hold)) * 9 / 8 + 1);
        }
        assertThat(key("c", "k", Long.MAX_VALUE).hold()).isEqualTo(Long.MAX_VALUE);
        assertThat(key("c", "k", Duration.ofSeconds(100).toNanos()))
                .isEqualTo(key("d", "k", Duration.ofSeconds(101).toNanos()));
    }

    @Test
    void shouldCountAnEventOnceAndLetEachJoinSeeItsOwnTime() {
        IntervalJoin first = open(1, 0);
        effect(first, "e1", 1);
        IntervalJoin second = open(2, 2);
        effect(second, "e2", 2);

        assertThat(joins.held()).isEqualTo(2);
        assertThat(ids(first)).containsExactly("e1", "e2");
        assertThat(ids(second)).containsExactly("e2");
        assertThat(first.effects().isComplete(1 * SECOND, 9 * SECOND)).isTrue();
        assertThat(second.effects().isComplete(1 * SECOND, 9 * SECOND)).isFalse();
        assertThat(second.effects().isComplete(2 * SECOND, 9 * SECOND)).isTrue();
        assertThat(second.effects().completeFrom()).isEqualTo(2 * SECOND);
    }

    @Test
    void shouldStayUntilItsLastJoinIsClosed() {
        IntervalJoin first = open(1, 0);
        IntervalJoin second = open(2, 2);
        effect(first, "e", 2);
        commit();

        joins.close(first);
        assertThat(joins.held()).isEqualTo(1);
        commit();
        joins = joins(1_000);
        IntervalJoin again = reopen(second);

        assertThat(ids(again)).containsExactly("e");
        effect(again, "before-it-was-there", 1);
        assertThat(joins.held()).as("as if the first were there").isEqualTo(2);
        assertThat(open(3, 3).shared()).isSameAs(again.shared());
        joins.close(again);
        joins.close(joins.find(3).orElseThrow());
        assertThat(joins.held()).isZero();
        assertThat(open(5, 3).shared().origin().number()).isEqualTo(5);
    }

    @Test
    void shouldSeeWhatASideOfItsOwnWouldHave() {
        IntervalJoin first = open(1, 0);
        effect(first, "e9", 9);
        effect(first, "e10", 10);
        joins.expire(90 * SECOND);

        assertThat(ids(first)).containsExactly("e10");
        assertThat(first.effects().completeFrom()).isEqualTo(10 * SECOND);
        assertThat(joins.held()).as("the side holds longer").isEqualTo(2);
        joins.expire(130 * SECOND);
        assertThat(joins.held()).isZero();
    }

    @Test
    void shouldKnowWhichJoinsWait() {
        IntervalJoin first = open(1, 0);
        IntervalJoin second = open(2, 0);
        IntervalJoin third = open(3, 0);
        trigger(second, KEY, 5);
        trigger(second, KEY, 6);
        trigger(third, OTHER, 5);

        assertThat(first.shared().waiting(KEY)).as("the first in any case").containsOnly(1, 2);
        assertThat(joins.held()).isEqualTo(3);
        commit();
        commit();
        joins = joins(1_000);
        IntervalJoin again = reopen(first);
        reopen(third);
        assertThat(again.shared().waiting(KEY)).contains(1, 2).doesNotContain(3);
        assertThat(again.shared().waiting(OTHER)).containsOnly(1, 3);

        joins.expire(300 * SECOND);
        assertThat(again.shared().waiting(OTHER)).containsOnly(1);
    }

    @Test
    void shouldTakeAllForWaitingIfItCannotKnow() {
        joins = joins(3);
        IntervalJoin first = open(1, 0);
        IntervalJoin second = open(2, 0);
        open(3, 0);
        for (int i = 0; i < 5; i++) {
            joins.addTrigger(
                    second, new JoinHash(i, i), HeldSide.event("t", i * 20 * SECOND), 90 * SECOND);
        }
        assertThat(first.shared().waiting(KEY)).containsOnly(1, 2, 3);
        joins.expire(400 * SECOND);
        assertThat(first.shared().waiting(KEY)).containsOnly(1);
    }

    @Test
    void shouldNotBeSharedAnewOnceABoundTookWhatIsAhead() {
        joins = joins(2);
        IntervalJoin first = open(1, 0);
        joins.addEffect(first.shared(), KEY, HeldSide.event("a", 1 * SECOND), 1 * SECOND);
        joins.addEffect(first.shared(), KEY, HeldSide.event("b", 500 * SECOND), 1 * SECOND);
        joins.addEffect(first.shared(), KEY, HeldSide.event("c", 2 * SECOND), 2 * SECOND);
        assertThat(joins.evicted()).isEqualTo(1);
        assertThat(first.effects().evictedFrom()).isPresent();

        IntervalJoin second = open(2, 3);
        assertThat(second.shared()).isNotSameAs(first.shared());
        assertThat(second.effects().isComplete(3 * SECOND, 900 * SECOND)).isTrue();
        assertThat(open(3, 3).shared()).isSameAs(second.shared());
    }

    @Test
    void shouldSayOfAnEvictionToThoseWhoLostSomething() {
        joins = joins(2);
        IntervalJoin first = open(1, 0);
        effect(first, "a", 0);
        effect(first, "b", 100);
        effect(first, "c", 200);
        IntervalJoin second = open(2, 201);

        assertThat(joins.evicted()).as("once").isEqualTo(1);
        assertThat(first.effects().evictedTo()).isPresent();
        assertThat(second.effects().evictedTo()).isEmpty();
    }

    @Test
    void shouldKnowFromWhenOnAllJoinsKnowAll() {
        IntervalJoin first = open(1, 0);
        SharedSide side = first.shared();
        assertThat(side.isKnownToAll(0, -9, 9)).isTrue();
        open(2, 5);
        assertThat(side.isKnownToAll(5 * SECOND - 1, 0, 9)).isFalse();
        assertThat(side.isKnownToAll(5 * SECOND, 0, 9)).isTrue();

        joins.expire(90 * SECOND);
        assertThat(side.isKnownToAll(50 * SECOND, 10 * SECOND - 1, 9)).isFalse();
        assertThat(side.isKnownToAll(50 * SECOND, 10 * SECOND, 9)).isTrue();
    }
}
