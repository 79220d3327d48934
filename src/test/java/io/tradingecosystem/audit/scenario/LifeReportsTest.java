package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;
import io.tradingecosystem.audit.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The log hears when services were dead, and no more often than need be. */
class LifeReportsTest {
    private final MemoryStore store = MemoryStore.create(() -> Scene.START, Set.of());
    private Optional<Instant> onRecord = Optional.empty();
    private LifeReports reports = reports();

    private LifeReports reports() {
        return new LifeReports(store, service -> onRecord);
    }

    private void alive(double at) {
        reports.alive("risk", Scene.at(at - 1), Scene.at(at), "serves");
    }

    private void dead(double at) {
        reports.dead("risk", Scene.at(at), "refused");
    }

    private List<DeadTime> told() {
        return store.read(0, 100).stream()
                .map(event -> DeadTime.read(event).orElseThrow())
                .toList();
    }

    private static DeadTime time(double since) {
        return new DeadTime("risk", Scene.at(since), Optional.empty());
    }

    private static DeadTime time(double since, double until) {
        return new DeadTime("risk", Scene.at(since), Optional.of(Scene.at(until)));
    }

    @Test
    void shouldTellThatAServiceIsDeadSinceItWasAskedWhenAlive() {
        alive(0);
        alive(10);
        dead(20);
        dead(30);

        assertThat(told()).containsExactly(time(9));
        AuditEvent event = store.read(0, 1).getFirst();
        assertThat(event.author()).isEqualTo(Author.OWN);
        assertThat(event.service()).isEqualTo("risk");
        assertThat(event.attribute("detail")).isEqualTo("refused");
    }

    @Test
    void shouldTellThatItIsAliveWhenItStaysSo() {
        alive(0);
        dead(10);
        alive(20);
        assertThat(told()).containsExactly(time(-1));
        alive(30);
        alive(40);

        assertThat(told()).containsExactly(time(-1), time(-1, 20));
    }

    @Test
    void shouldTellOnceOfAServiceThatComesAndGoes() {
        alive(0);
        for (int i = 0; i < 100; i++) {
            dead(10 + i);
            alive(10.5 + i);
        }
        alive(150);

        assertThat(told()).containsExactly(time(-1), time(-1, 109.5));
    }

    @Test
    void shouldTellThatItIsDeadWhereItWasNeverAlive() {
        dead(10);

        assertThat(told()).containsExactly(time(10));
    }

    @Test
    void shouldSayNothingOfAServiceThatNobodyKnows() {
        reports.absent("risk", Scene.at(10), "nobody");
        assertThat(told()).isEmpty();

        alive(20);
        reports.absent("risk", Scene.at(30), "nobody");
        assertThat(told()).containsExactly(time(19));
    }

    @Test
    void shouldGoOnWithWhatWasToldBeforeTheStart() {
        onRecord = Optional.of(Scene.at(-100));
        dead(10);
        assertThat(told()).isEmpty();
        alive(20);
        alive(30);
        alive(40);
        assertThat(told()).containsExactly(time(-100, 20));

        // The projection is behind.
        alive(50);
        dead(60);
        assertThat(told()).containsExactly(time(-100, 20), time(49));
    }

    @Test
    void shouldDieOnceMoreAfterItWasAlive() {
        alive(0);
        dead(10);
        alive(20);
        alive(30);
        dead(40);

        assertThat(told()).containsExactly(time(-1), time(-1, 20), time(29));
    }
}
