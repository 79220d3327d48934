package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.definition.Glob;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.verdicts.ForgottenAlerts;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which alerts are kept as ones that nothing explains. */
class UnexplainedAlertsTest {
    private final MemoryStore store = MemoryStore.create(ManualClock.at(Scene.START), Set.of());
    private AlertPolicy policy = AlertPolicy.DEFAULT;
    private VerdictStoreWriter writer = reopened();
    private UnexplainedAlerts alerts = new UnexplainedAlerts(writer, policy);

    private VerdictStoreWriter reopened() {
        return VerdictStoreWriter.of(store.projection("scenario"), 1_000);
    }

    private void restart() {
        writer = reopened();
        alerts = new UnexplainedAlerts(writer, policy);
    }

    private VerdictStoreReader reader() {
        return new VerdictStoreReader(store.projection("scenario"), store);
    }

    private AuditEvent event(String id, String type, double at) {
        AuditEvent event = Scene.event("svc", type, id, at).severity(Severity.WARNING).build();
        store.append(List.of(event));
        return event;
    }

    private void consider(AuditEvent event) {
        alerts.consider(event, false);
        writer.commit();
    }

    private List<String> kept() {
        return reader().unexplainedAlerts(10_000).stream().map(AuditEvent::id).toList();
    }

    @Test
    void shouldKnowAlertsByTheirTypeWhateverTheCase() {
        consider(event("a", "RiskAlertRaised", 1));
        consider(event("b", "ALERT", 2));
        consider(event("c", "risk.alarm", 3));

        assertThat(kept()).containsExactly("b", "a");
    }

    @Test
    void shouldTakeOtherPatternsForAlerts() {
        policy = AlertPolicy.of(List.of("*.Alarm", "page.*"));
        restart();
        consider(event("a", "risk.alert", 1));
        consider(event("b", "Risk.ALARM", 2));
        consider(event("c", "page.sent", 3));

        assertThat(kept()).containsExactly("c", "b");
    }

    @Test
    void shouldTakeNothingForAnAlertWithoutPatterns() {
        policy = AlertPolicy.of(List.of());
        restart();
        consider(event("a", "risk.alert", 1));

        assertThat(kept()).isEmpty();
    }

    @Test
    void shouldKeepNoneThatIsExplainedOrHarmless() {
        AuditEvent alert = event("a", "risk.alert", 1);
        consider(alert.toBuilder().scenarioId("s").build());
        consider(alert.toBuilder().causeId("c").build());
        consider(alert.toBuilder().severity(Severity.INFO).build());
        alerts.consider(alert, true);
        writer.commit();

        assertThat(kept()).isEmpty();
    }

    @Test
    void shouldDropOneWhoseReasonTurnsUp() {
        AuditEvent alert = event("a", "risk.alert", 1);
        consider(alert);
        alerts.clear(JoinedEvent.of(alert));
        alerts.clear(JoinedEvent.of(event("never-kept", "risk.alert", 1)));
        writer.commit();

        assertThat(kept()).isEmpty();
    }

    @Test
    void shouldCountWhatItForgetsTheSameWhenRestarted() {
        policy = new AlertPolicy(List.of(new Glob("*alert*")), 10);
        restart();
        for (int i = 0; i < 2_500; i++) {
            consider(event("a" + i, "risk.alert", i));
            if (i % 300 == 0) {
                restart();
            }
        }

        assertThat(kept()).hasSize(502).startsWith("a2499", "a2498").endsWith("a1998");
        assertThat(reader().forgottenAlerts())
                .isEqualTo(new ForgottenAlerts(1_998, Scene.at(1_997)));
        assertThat(reader().unexplainedAlerts()).isEqualTo(502);
    }

    @Test
    void shouldGoOnBehindAnAlert() {
        AuditEvent last = event("b", "risk.alert", 2);
        consider(event("a", "risk.alert", 1));
        consider(last);
        consider(event("c", "risk.alert", 3));

        assertThat(reader().unexplainedAlerts(Optional.of(last), 10))
                .extracting(AuditEvent::id)
                .containsExactly("a");
        assertThat(reader().forgottenAlerts()).isEqualTo(ForgottenAlerts.NONE);
    }
}
