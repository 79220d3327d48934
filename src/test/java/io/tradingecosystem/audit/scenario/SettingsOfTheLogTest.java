package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the log says decides, whatever the process is set to. */
class SettingsOfTheLogTest {
    private final ManualClock clock = ManualClock.at(Scene.START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private Referee referee = opened(Scene.EXACT);

    private Referee opened(Tolerances own) {
        return Referee.of(
                store.projection("scenario"),
                store,
                own,
                VerdictBounds.DEFAULT.withMaxVerdicts(1_000));
    }

    private void say(String id, String name, String value) {
        append(
                AuditEvent.own("audit", DecisionEvents.SETTINGS)
                        .id(id)
                        .occurredAt(Scene.START)
                        .attribute("scenario." + name, value)
                        .build());
    }

    private void expect(String yaml) {
        append(
                VerdictEvents.EXPECTATIONS.inForce(
                        "test", Scene.START, Scene.definitions(yaml).getFirst(), ""));
    }

    private void append(AuditEvent event) {
        store.append(List.of(event));
        store.read(referee.writer().position(), 1_000).forEach(referee::accept);
        referee.commit();
    }

    private void moveTo(double seconds) {
        clock.jump(Duration.between(clock.instant(), Scene.at(seconds)));
        referee.expire(clock.instant());
        referee.commit();
    }

    private List<Verdict> verdicts() {
        return new VerdictStoreReader(store.projection("scenario"), store)
                .verdicts(new VerdictStoreReader.Question("", "", Optional.empty(), 1_000, ""))
                .verdicts();
    }

    private Verdict verdict() {
        assertThat(verdicts()).hasSize(1);
        return verdicts().getFirst();
    }

    @Test
    void shouldWaitAsLongAsTheLogSays() {
        expect(Scene.DEPEG);
        say("settings", "allowed-lateness", "8s");
        append(Scene.injected("t", 0, "s1"));

        moveTo(22.9);
        assertThat(verdict().status()).isEqualTo(Status.PENDING);

        moveTo(23);
        assertThat(verdict().status()).isEqualTo(Status.FAILED);
        assertThat(verdict().isFinal()).isTrue();
    }

    @Test
    void shouldNotEndAWindowAsSoonAsItWouldHaveBeforeTheLogSaidOtherwise() {
        expect(Scene.DEPEG);
        append(Scene.injected("t", 0, "s1"));
        say("settings", "allowed-lateness", "8s");

        moveTo(22.9);
        assertThat(verdict().status()).isEqualTo(Status.PENDING);

        moveTo(23);
        assertThat(verdict().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldDecideByTheLogAfterARestartWithOtherSettings() {
        expect(Scene.DEPEG);
        say("settings", "allowed-lateness", "8s");
        referee = opened(new Tolerances(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO));
        append(Scene.injected("t", 0, "s1"));

        moveTo(22.9);
        assertThat(verdict().status()).isEqualTo(Status.PENDING);

        moveTo(23);
        assertThat(verdict().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldTakeClocksForAsExactAsTheLogSaysFromThereOn() {
        expect(Scene.DEPEG);
        append(Scene.injected("t1", 0, "s1"));
        append(Scene.alert("a1", -0.1, "s1"));
        moveTo(60);
        assertThat(verdict().status()).isEqualTo(Status.FAILED);

        say("settings", "clock-skew", "200ms");
        append(Scene.injected("t2", 60, "s2"));
        append(Scene.alert("a2", 59.9, "s2"));
        moveTo(120);

        assertThat(verdicts())
                .extracting(Verdict::triggerId, Verdict::status)
                .containsExactlyInAnyOrder(tuple("t1", Status.FAILED), tuple("t2", Status.PASSED));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepAsManyVerdictsAsTheLogSays(boolean restarted) {
        expect(Scene.DEPEG);
        say("settings", "max-verdicts", "2");
        if (restarted) {
            referee = opened(Scene.EXACT);
        }
        for (int i = 0; i < 5; i++) {
            append(Scene.injected("t" + i, i, "s" + i));
        }
        moveTo(60);

        assertThat(verdicts()).extracting(Verdict::triggerId).containsExactly("t4", "t3");
    }

    @Test
    void shouldFindWhatItsJoinsHadBeforeTheLogSaidToWaitLonger() {
        expect(Scene.DEPEG);
        append(Scene.alert("a", 1, "s1"));
        say("settings", "allowed-lateness", "10m");
        referee = opened(Scene.EXACT);
        clock.jump(Duration.ofMinutes(5));
        append(Scene.injected("t", 0, "s1"));
        moveTo(1_000);

        assertThat(verdict().status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldGoOnByWhatWasSaidBeforeAnEventThatMakesNoSense() {
        expect(Scene.DEPEG);
        say("settings", "allowed-lateness", "8s");
        say("nonsense", "allowed-lateness", "-3s");
        append(Scene.injected("t", 0, "s1"));

        moveTo(22.9);

        assertThat(verdict().status()).isEqualTo(Status.PENDING);
    }

    @Test
    void shouldReplayByTheLogWhateverTheProcessIsSetTo() {
        append(Scene.semantics());
        expect(Scene.DEPEG);
        say("settings", "clock-skew", "200ms");
        append(Scene.injected("t", 0, "s1"));
        append(Scene.alert("a", -0.1, "s1"));
        moveTo(60);
        assertThat(verdict().status()).isEqualTo(Status.PASSED);

        var replayed = VerdictReplay.compare(store.store(), Scene.EXACT);

        assertThat(replayed.compared()).isEqualTo(1);
        assertThat(replayed.differences()).isEmpty();
    }
}
