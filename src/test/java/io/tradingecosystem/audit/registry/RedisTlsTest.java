package io.tradingecosystem.audit.registry;

import static io.tradingecosystem.audit.registry.Registries.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.testing.Pem;
import io.tradingecosystem.audit.testing.RedisServer;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.tls.UnusableFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Redis over TLS, with a certificate of ours. */
@Timeout(120)
class RedisTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path directory;

    @Test
    void shouldRegisterOverTlsWithACertificate() throws Exception {
        Pem server = Pem.make(directory, "server");
        Pem own = Pem.make(directory, "own");
        int port = RedisServer.freePort();
        try (RedisServer redis = start(port, server, own);
                ServiceRegistry registry = open(port, server, Optional.of(own))) {
            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);
            assertThat(redis.client().exists("services:audit-correlator:a")).isTrue();
            assertThat(registry.statistics().backend()).isEqualTo("rediss://127.0.0.1:" + port);
        }
    }

    @Test
    void shouldUseFilesThatHaveChangedForTheNextConnection() throws Exception {
        Pem server = Pem.make(directory, "server");
        Pem own = Pem.make(directory, "own");
        Pem other = Pem.make(directory, "other");
        Path trusted = Files.copy(other.certificate(), directory.resolve("trusted.crt"));
        int port = RedisServer.freePort();
        try (RedisServer redis = start(port, server, own);
                ServiceRegistry registry =
                        open(port, new Pem(trusted, trusted, trusted), Optional.of(own))) {
            registry.register(instance("audit-correlator", "a", 1));
            await().atMost(PATIENCE).until(() -> registry.statistics().beats().failed() > 1);
            assertThat(registry.statistics().lastError().orElse("")).contains("certification path");

            Files.copy(server.certificate(), trusted, StandardCopyOption.REPLACE_EXISTING);

            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);
            assertThat(redis.client().exists("services:audit-correlator:a")).isTrue();
        }
    }

    @Test
    void shouldNotSpeakToWhoeverHasAnotherName() throws Exception {
        Pem server = Pem.named(directory, "server", "dns:elsewhere.internal");
        Pem own = Pem.make(directory, "own");
        int port = RedisServer.freePort();
        try (RedisServer redis = start(port, server, own);
                ServiceRegistry registry = open(port, server, Optional.of(own))) {
            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().beats().failed() > 1);
            assertThat(registry.statistics().lastError().orElse("")).contains("127.0.0.1");
            assertThat(redis.client().exists("services:audit-correlator:a")).isFalse();
        }
    }

    @Test
    void shouldNotSpeakWithoutACertificateWhereOneIsWanted() throws Exception {
        Pem server = Pem.make(directory, "server");
        Pem own = Pem.make(directory, "own");
        int port = RedisServer.freePort();
        try (RedisServer redis = start(port, server, own);
                ServiceRegistry registry = open(port, server, Optional.empty())) {
            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().beats().failed() > 1);
            assertThat(redis.client().exists("services:audit-correlator:a")).isFalse();
        }
    }

    @Test
    void shouldNameTheSettingOfAFileThatCannotBeUsed() {
        assertThatThrownBy(
                        () ->
                                open(
                                        RedisServer.freePort(),
                                        new Pem(directory, directory, directory),
                                        Optional.empty()))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("registry.tls.ca");
    }

    private RedisServer start(int port, Pem server, Pem client) {
        return RedisServer.start(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                server.certificate().toString(),
                "--tls-key-file",
                server.key().toString(),
                "--tls-ca-cert-file",
                client.certificate().toString());
    }

    private static ServiceRegistry open(int port, Pem trusted, Optional<Pem> own) {
        Map<String, String> changes = new HashMap<>();
        changes.put("registry.redis-url", "rediss://127.0.0.1:" + port);
        changes.put("registry.heartbeat-interval", "500ms");
        changes.put("registry.ttl", "3s");
        changes.put("registry.tls.ca", trusted.certificate().toString());
        own.ifPresent(
                pem -> {
                    changes.put("registry.tls.certificate", pem.certificate().toString());
                    changes.put("registry.tls.key", pem.key().toString());
                });
        RegistrySettings settings = TestSettings.of(changes).registry();
        return ServiceRegistry.create(settings, RegistryObserver.NONE, InstantSource.system());
    }
}
