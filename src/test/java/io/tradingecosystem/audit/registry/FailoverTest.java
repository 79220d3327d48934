package io.tradingecosystem.audit.registry;

import static io.tradingecosystem.audit.registry.Registries.instance;
import static io.tradingecosystem.audit.registry.Registries.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.registry.RegistryStatistics.State;
import io.tradingecosystem.audit.testing.RedisServer;
import io.tradingecosystem.audit.testing.TcpSwitch;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

/** Two real servers change places behind one name. */
class FailoverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OWN = "services:audit-correlator:a-1";

    @Test
    void shouldAnnounceItselfAtTheNewMaster() {
        try (RedisServer first = RedisServer.start();
                RedisServer second = RedisServer.start("--replicaof", "127.0.0.1 " + first.port());
                TcpSwitch name = TcpSwitch.to(first.port());
                ServiceRegistry registry = open(URI.create("redis://127.0.0.1:" + name.port()))) {
            registry.register(instance("audit-correlator", "a-1", 8083));
            await().atMost(PATIENCE).until(() -> second.client().exists(OWN));

            second.run(jedis -> jedis.replicaofNoOne());
            name.turnTo(second.port());
            first.run(jedis -> jedis.replicaof("127.0.0.1", second.port()));
            second.client().del(OWN);

            await().atMost(PATIENCE).until(() -> second.client().exists(OWN));
            await().atMost(PATIENCE).until(() -> registry.statistics().state() == State.CONNECTED);
            long failed = registry.statistics().beats().failed();
            long succeeded = registry.statistics().beats().succeeded();
            await().atMost(PATIENCE)
                    .until(() -> registry.statistics().beats().succeeded() > succeeded + 2);
            assertThat(registry.statistics().beats().failed()).isEqualTo(failed);
        }
    }
}
