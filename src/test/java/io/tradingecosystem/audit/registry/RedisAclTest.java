package io.tradingecosystem.audit.registry;

import static io.tradingecosystem.audit.registry.Registries.instance;
import static io.tradingecosystem.audit.registry.Registries.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.RedisServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisAccessControlException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

class RedisAclTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ADMIN = "user default on nopass ~* &* +@all\n";
    private static final String FORBIDDEN =
            " -ping -select -client -keys -multi -exec -eval -hello -info -command";

    @TempDir private Path directory;

    @Test
    void shouldRegisterWithoutAnyCommandItCouldDoWithout() throws IOException {
        try (RedisServer redis = start("user audit on >secret ~* &* +@all" + FORBIDDEN);
                CapturedLog log = CapturedLog.of(RedisServiceRegistry.class.getPackage());
                ServiceRegistry registry = open(redis.uri("audit", "secret"))) {
            Foreign.writeAll(redis);
            Registration registration = registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);
            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);
            registration.close();

            assertThat(redis.client().exists("services:audit-correlator:a")).isFalse();
            assertThat(registry.statistics().denied()).isEmpty();
            assertThat(redis.refusals()).isEmpty();
            assertThat(String.join("", log.lines())).doesNotContain("secret");
        }
    }

    @Test
    void shouldNeedNoMoreThanTheCommandsItNames() throws IOException {
        String needed = " +getrange +set +hgetall +hset +hdel +expire +pttl +del +scan +sadd +srem";
        try (RedisServer redis = start("user audit on >secret ~* -@all" + needed);
                ServiceRegistry registry = open(redis.uri("audit", "secret"))) {
            Foreign.writeAll(redis);
            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);
            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);

            assertThat(redis.refusals()).isEmpty();
        }
    }

    /** Exactly the user that the documents name: everything works, and nothing is left over. */
    @Test
    void shouldNeedExactlyTheUserThatIsDocumented() throws IOException {
        String documented = documentedUser();
        try (RedisServer redis = start(documented.replace("PASSWORD", "secret"));
                ServiceRegistry registry = open(redis.uri("audit-correlator", "secret"))) {
            Foreign.writeAll(redis);
            redis.client().sadd("service_index:audit-correlator", "of another");
            redis.client().hset("registry:services:audit-correlator", "beyond", "the nine fields");
            // Too large, so it is deleted before it is written.
            redis.client().hset("services:audit-correlator", "version", "x".repeat(70_000));
            redis.run(jedis -> jedis.configResetStat());
            Registration registration = registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().written().size() == 3);
            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);
            registration.close();

            assertThat(redis.client().exists("services:audit-correlator:a")).isFalse();
            assertThat(registry.statistics().denied()).isEmpty();
            assertThat(redis.refusals()).isEmpty();
            String used = redis.run(jedis -> jedis.info("commandstats"));
            assertThat(granted(documented))
                    .allSatisfy(command -> assertThat(used).contains("cmdstat_" + command + ":"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services:risk-monitor",
                "services:risk-monitor:risk-1",
                "service_index:risk-monitor",
                "registry:services:risk-monitor",
                "services:audit-correlator-2",
                "anything"
            })
    void shouldNotLetTheDocumentedUserWriteWhatBelongsToOthers(String key) throws IOException {
        try (RedisServer redis = start(documentedUser().replace("PASSWORD", "secret"))) {
            try (RedisClient client = RedisClient.create(redis.uri("audit-correlator", "secret"))) {
                assertThatThrownBy(() -> client.set(key, "x"))
                        .isInstanceOf(JedisAccessControlException.class);
                assertThatThrownBy(() -> client.del(key))
                        .isInstanceOf(JedisAccessControlException.class);
            }
        }
    }

    private static String documentedUser() throws IOException {
        return Files.readAllLines(Path.of("src", "site", "markdown", "neighbours.md")).stream()
                .filter(line -> line.startsWith("user audit-correlator "))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> granted(String rules) {
        return Pattern.compile("\\+(\\w+)").matcher(rules).results().map(m -> m.group(1)).toList();
    }

    @Test
    void shouldRegisterAsFarAsItMayAndSayOnceWhatItMayNot() throws IOException {
        String keys = " ~services:* ~service_index:* %R~registry:services:*";
        try (RedisServer redis = start("user audit on >secret &* +@all" + FORBIDDEN + keys);
                CapturedLog log = CapturedLog.of(RedisServiceRegistry.class.getPackage());
                ServiceRegistry registry = open(redis.uri("audit", "secret"))) {
            Foreign.writeAll(redis);
            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().beats().succeeded() > 3);
            await().atMost(PATIENCE).until(() -> registry.services().size() == 7);

            RegistryStatistics statistics = registry.statistics();
            assertThat(statistics.state()).isEqualTo(RegistryStatistics.State.CONNECTED);
            assertThat(statistics.written()).containsExactlyInAnyOrder(Layout.A, Layout.C);
            assertThat(statistics.denied())
                    .contains("HSET registry:services:audit-correlator", "read *:service:*");
            assertThat(log.lines("registry.denied"))
                    .hasSameSizeAs(statistics.denied())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldReadByGetWhereItMayNotReadARange() throws IOException {
        try (RedisServer redis = start("user audit on >secret ~* &* +@all -getrange");
                ServiceRegistry registry = open(redis.uri("audit", "secret"))) {
            Foreign.writeAll(redis);

            await().atMost(PATIENCE).until(() -> registry.services().size() == 7);
            assertThat(registry.statistics().denied()).isEmpty();
        }
    }

    @Test
    void shouldSayOnceWhatItMayReadOfOnePattern() throws IOException {
        String keys = " %R~registry:services:audit-* ~services:* ~service_index:*";
        try (RedisServer redis = start("user audit on >secret &* +@all" + FORBIDDEN + keys);
                CapturedLog log = CapturedLog.of(RedisServiceRegistry.class.getPackage());
                ServiceRegistry registry = open(redis.uri("audit", "secret"))) {
            Foreign.writeAll(redis);
            redis.client().hset("registry:services:audit-correlator", "name", "of another");
            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().beats().succeeded() > 3);
            await().atMost(PATIENCE).until(() -> registry.statistics().refreshes().succeeded() > 5);

            assertThat(log.lines("registry.allowed")).isEmpty();
            assertThat(log.lines("registry.denied"))
                    .hasSameSizeAs(registry.statistics().denied())
                    .anyMatch(line -> line.contains("ACL SETUSER audit %R~registry:services:*"));
        }
    }

    @Test
    void shouldGoOnWhenItMayWriteNothing() throws IOException {
        try (RedisServer redis = start("user audit on >secret %R~* +@all" + FORBIDDEN);
                ServiceRegistry registry = open(redis.uri("audit", "secret"))) {
            Foreign.writeAll(redis);
            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.services().size() == 8);
            await().atMost(PATIENCE).until(() -> registry.statistics().denied().size() > 3);
            assertThat(registry.statistics().written()).isEmpty();
        }
    }

    @Test
    void shouldServeAloneWithAWrongPasswordAndNotTellIt() throws IOException {
        try (RedisServer redis = start("user audit on >secret ~* &* +@all");
                CapturedLog log = CapturedLog.of(RedisServiceRegistry.class.getPackage());
                ServiceRegistry registry = open(redis.uri("audit", "guessed"))) {
            registry.register(instance("audit-correlator", "a", 1));

            await().atMost(PATIENCE).until(() -> registry.statistics().beats().failed() > 1);

            assertThat(registry.services()).containsExactly("audit-correlator");
            assertThat(registry.statistics().lastError().orElse("")).contains("WRONGPASS");
            assertThat(registry.statistics().toString()).doesNotContain("guessed");
            assertThat(log.lines("registry.alone")).hasSize(1);
            assertThat(String.join("", log.lines())).doesNotContain("guessed");
        }
    }

    private RedisServer start(String rules) throws IOException {
        Path file = directory.resolve("users.acl");
        Files.writeString(file, ADMIN + rules + "\n");
        return RedisServer.start("--aclfile", file.toString());
    }
}
