package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An event that could not be judged stays told of, as what was judged without it stays. */
class SkippedEventsTest {
    private final ManualClock clock = ManualClock.at(Scene.START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());

    private VerdictProcessor started() {
        var setup = new VerdictSetup("audit", Optional.empty(), Scene.EXACT, VerdictBounds.DEFAULT);
        VerdictProcessor started =
                new VerdictProcessor(
                        new Store(store, store, store),
                        store.projection("scenario"),
                        setup,
                        verdict -> {},
                        new Time(clock, System::nanoTime));
        started.open();
        return started;
    }

    @Test
    void shouldCountWhatCouldNotBeJudgedOverARestart() {
        store.append(List.of(Scene.injected("t", 0, "s")));
        VerdictProcessor before = started();
        before.skip(1);
        before.settle(false);
        assertThat(before.statistics().skipped()).isEqualTo(1);

        VerdictProcessor after = started();
        after.settle(false);
        assertThat(after.position()).isEqualTo(1);
        assertThat(after.statistics().skipped()).isEqualTo(1);
    }
}
