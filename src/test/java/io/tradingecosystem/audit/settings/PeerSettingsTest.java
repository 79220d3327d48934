package io.tradingecosystem.audit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

class PeerSettingsTest {
    @TempDir Path directory;

    @Test
    void shouldKnowThePeersOfTheEcosystem() throws IOException {
        PeerSettings peers = peers("", Map.of());

        assertThat(peers.known()).containsExactly("risk-monitor", "trading-system-engine");
        assertThat(peers.defaults()).isEqualTo(PeerPolicy.defaults());
        assertThat(peers.policy("risk-monitor")).isEqualTo(PeerPolicy.defaults());
        assertThat(peers.policy("nobody")).isEqualTo(PeerPolicy.defaults());
    }

    @Test
    void shouldTakeEveryKey() throws IOException {
        PeerSettings peers =
                peers(
                        """
                        peers:
                          known: [exchange]
                          defaults:
                            timeout: 1s
                            attempt-timeout: 500ms
                            max-in-flight: 7
                            max-response-size: 64KiB
                            retry: {attempts: 4, delay: 10ms, budget: 0.5, burst: 3}
                            breaker: {calls: 5, failure-ratio: 0.2, open: 6s, trials: 8}
                            step-out: {after: 9, first: 11s, most: 12s}
                            connection:
                              timeout: 13s
                              idle: 14s
                              keepalive-time: 15s
                              keepalive-timeout: 16s
                              drain: 17s
                            probe: {interval: 18s, timeout: 19s, watch: false}
                        """,
                        Map.of());

        assertThat(peers.known()).containsExactly("exchange");
        assertThat(peers.policy("exchange"))
                .isEqualTo(
                        new PeerPolicy(
                                Duration.ofSeconds(1),
                                Duration.ofMillis(500),
                                7,
                                65_536,
                                new PeerPolicy.Retry(4, Duration.ofMillis(10), 0.5, 3),
                                new PeerPolicy.Breaker(5, 0.2, Duration.ofSeconds(6), 8),
                                new PeerPolicy.OutlierEjection(
                                        9, Duration.ofSeconds(11), Duration.ofSeconds(12)),
                                new PeerPolicy.Connection(
                                        Duration.ofSeconds(13),
                                        Duration.ofSeconds(14),
                                        Duration.ofSeconds(15),
                                        Duration.ofSeconds(16),
                                        Duration.ofSeconds(17)),
                                new PeerPolicy.Probe(
                                        Duration.ofSeconds(18), Duration.ofSeconds(19), false)));
    }

    @Test
    void shouldOverrideTheDefaultsForOnePeer() throws IOException {
        PeerSettings peers =
                peers(
                        """
                        peers:
                          defaults:
                            timeout: 4s
                          risk-monitor:
                            retry:
                              attempts: 0
                        """,
                        Map.of("PEERS_RISK_MONITOR_MAX_IN_FLIGHT", "3", "REQUEST_TIMEOUT", "9s"));

        PeerPolicy risk = peers.policy("risk-monitor");
        PeerPolicy trading = peers.policy("trading-system-engine");
        assertThat(risk.retry().attempts()).isZero();
        assertThat(risk.maxInFlight()).isEqualTo(3);
        assertThat(risk.timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(trading.retry().attempts()).isEqualTo(2);
        assertThat(trading.timeout()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> peers("peers: {known: [Risk_Monitor]}\n", Map.of()))
                .hasMessageContaining("peers.known: \"Risk_Monitor\"")
                .hasMessageContaining("DNS labels");
        assertThatThrownBy(() -> peers("peers: {known: [defaults]}\n", Map.of()))
                .hasMessageContaining("\"defaults\"");
        assertThatThrownBy(() -> peers("peers: {exchange: {timeout: 1s}}\n", Map.of()))
                .hasMessageContaining("peers.exchange.timeout")
                .hasMessageContaining("no such key");
        assertThatThrownBy(
                        () ->
                                peers(
                                        "peers: {defaults: {connection: {keepalive-time: 1s}}}\n",
                                        Map.of()))
                .hasMessageContaining("from 10s to 1d");
    }

    private PeerSettings peers(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("test.yaml"), yaml);
        return Settings.load(Optional.of(file), environment, new Properties()).settings().peers();
    }
}
