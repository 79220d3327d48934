package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Timers fire in their order, however many there are and whichever are in the heap. */
class VerdictTimersTest {
    private static final int MORE_THAN_THE_HEAP_HAS = 50_010;

    private final Projection projection =
            MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("timers");
    private StoreTransaction transaction = new StoreTransaction(projection);
    private final Set<Timer> armed = new HashSet<>();
    private VerdictTimers timers =
            new VerdictTimers(transaction, 't', this::commit, armed::contains);
    private int commits;

    private void commit() {
        commits++;
        timers.flush();
        transaction.commit(transaction.position() + 1);
    }

    private void restart() {
        commit();
        transaction = new StoreTransaction(projection);
        timers = new VerdictTimers(transaction, 't', this::commit, armed::contains);
    }

    private static String id(int number) {
        return "verdict-%032x".formatted(number);
    }

    private static Instant at(int second) {
        return Scene.at(second);
    }

    private void arm(int second) {
        arm(at(second), id(second));
    }

    private void arm(Instant due, String id) {
        armed.add(new Timer(due, id));
        timers.arm(due, id);
    }

    private void disarm(int second) {
        disarm(at(second), id(second));
    }

    private void disarm(Instant due, String id) {
        armed.remove(new Timer(due, id));
        timers.disarm(due, id);
    }

    @Test
    void shouldKeepTheOthersOfABlockWhoseFirstIsArmedAgain() {
        arm(at(7), id(1));
        arm(at(7), id(2));
        arm(at(7), id(3));
        commit();
        disarm(at(7), id(1));
        arm(at(7), id(1));
        restart();

        assertThat(timers.waiting()).containsExactly(id(1), id(2), id(3));
        assertThat(timers.first()).contains(new Timer(at(7), id(1)));
    }

    @Test
    void shouldTellTheEarliest() {
        assertThat(timers.first()).isEmpty();
        arm(7);
        arm(3);
        arm(5);

        assertThat(timers.first()).contains(new Timer(at(3), id(3)));
        assertThat(timers.near()).isEqualTo(timers.first());
        disarm(3);
        assertThat(timers.first()).contains(new Timer(at(5), id(5)));
        assertThat(timers.waiting()).containsExactly(id(5), id(7));
    }

    @Test
    void shouldTellThoseOfOneTimeByTheirIds() {
        arm(at(1), id(2));
        arm(at(1), id(1));

        assertThat(timers.first()).contains(new Timer(at(1), id(1)));
        disarm(at(1), id(1));
        assertThat(timers.first()).contains(new Timer(at(1), id(2)));
    }

    @Test
    void shouldGoOnAfterAStart() {
        arm(7);
        arm(3);
        commit();
        disarm(3);
        restart();

        assertThat(timers.first()).contains(new Timer(at(7), id(7)));
        disarm(7);
        restart();
        assertThat(timers.first()).isEmpty();
        assertThat(timers.waiting()).isEmpty();
    }

    @Test
    void shouldFireInOrderMoreThanTheHeapHas() {
        for (int i = MORE_THAN_THE_HEAP_HAS; i > 0; i--) {
            arm(i);
        }
        assertThat(commits).isZero();
        shouldFireAll();
    }

    @Test
    void shouldFireInOrderMoreThanTheHeapHadRoomForAtTheStart() {
        for (int i = MORE_THAN_THE_HEAP_HAS; i > 0; i--) {
            arm(i);
        }
        restart();
        arm(MORE_THAN_THE_HEAP_HAS + 1);
        shouldFireAll(MORE_THAN_THE_HEAP_HAS + 1);
    }

    private void shouldFireAll() {
        shouldFireAll(MORE_THAN_THE_HEAP_HAS);
    }

    private void shouldFireAll(int last) {
        List<Integer> wrong = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            if (!timers.first().map(Timer::verdictId).equals(Optional.of(id(i)))) {
                wrong.add(i);
            }
            disarm(i);
        }
        assertThat(wrong).isEmpty();
        assertThat(timers.first()).isEmpty();
        assertThat(timers.near()).isEmpty();
    }

    @Test
    void shouldNotForgetWhatIsArmedBehindTheHeap() {
        for (int i = 1; i <= MORE_THAN_THE_HEAP_HAS; i++) {
            arm(2 * i);
        }
        int behind = 2 * MORE_THAN_THE_HEAP_HAS - 1;
        arm(behind);
        arm(1);
        assertThat(timers.first()).contains(new Timer(at(1), id(1)));
        disarm(1);
        for (int i = 1; i < MORE_THAN_THE_HEAP_HAS; i++) {
            disarm(2 * i);
        }

        assertThat(timers.first()).contains(new Timer(at(behind), id(behind)));
        assertThat(commits).as("what is on record only is committed first").isEqualTo(1);
        disarm(behind);
        assertThat(timers.first().map(Timer::verdictId)).contains(id(2 * MORE_THAN_THE_HEAP_HAS));
    }
}
