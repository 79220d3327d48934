package io.tradingecosystem.audit.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.ManualRegistry;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Examples in comments of {@code peer}. */
class PeerExampleTest {

    @Test
    void shouldCallAPeer() {
        ManualRegistry registry = new ManualRegistry();
        Settings settings = TestSettings.of(Map.of("peers.known", ","));
        try (TestPeer peer = TestPeer.start("risk-1")) {
            registry.say(TestPeer.SERVICE, peer.instance());
            // @start region="call"
            PeerClients peers =
                    PeerClients.create(
                            registry,
                            settings.peers(),
                            EgressPolicy.create(List.of(), kind -> {}),
                            PeerObserver.NONE,
                            Time.system(),
                            new Random());
            RiskMetrics metrics = peers.riskMonitor().riskMetrics();
            PeerHealth health = peers.peer("risk-monitor").healthCheck();
            // @end
            assertThat(metrics.instance()).contains("risk-1");
            assertThat(health.instance()).contains("risk-1");
            peers.close();
        }
    }
}
