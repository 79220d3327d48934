package io.tradingecosystem.audit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.common.Backoff;
import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.TestSettings;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;

class IdentityTest {
    @Test
    void shouldPreferASiteLocalAddress() throws UnknownHostException {
        assertThat(best("::1", "127.0.0.1", "2001:db8::5", "203.0.113.9", "10.1.2.3"))
                .isEqualTo(new AdvertisedAddress("10.1.2.3", false));
    }

    @Test
    void shouldTakeAGlobalAddressThenIpv6() throws UnknownHostException {
        assertThat(best("127.0.0.1", "2001:db8::5", "203.0.113.9").host()).isEqualTo("203.0.113.9");
        assertThat(best("127.0.0.1", "fe80::1", "2001:db8::5").host())
                .isEqualTo("2001:db8:0:0:0:0:0:5");
    }

    @Test
    void shouldTakeLoopbackOnlyWhereThereIsNothingElse() throws UnknownHostException {
        assertThat(best("127.0.0.1", "169.254.3.4", "0.0.0.0", "fe80::1"))
                .isEqualTo(new AdvertisedAddress("127.0.0.1", true));
    }

    @Test
    void shouldDetectAnAddressThatOthersCanReach() {
        assertThat(AdvertisedAddress.detect().host()).isNotIn("", "0.0.0.0", "::");
    }

    @Property
    void shouldMakeADnsLabelOfAnything(
            @ForAll String host, @ForAll @IntRange(min = 1, max = 65_535) int port) {
        assertThat(InstanceIds.of("risk-monitor", host, port))
                .matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")
                .hasSizeLessThanOrEqualTo(63)
                .isEqualTo(InstanceIds.of("risk-monitor", host, port));
    }

    @Test
    void shouldKeepLongNamesApart() {
        String host = "a".repeat(80);

        assertThat(InstanceIds.of("s", host, 1)).isNotEqualTo(InstanceIds.of("s", host, 2));
    }

    @Test
    void shouldTakeWhatIsConfiguredBeforeWhatIsDetected() {
        Settings settings =
                settings(
                        Map.of(
                                "REGISTRY_ADVERTISED_HOST", "audit.example.org",
                                "REGISTRY_ADVERTISED_HTTP_PORT", "80"));

        ServiceInstance own =
                OwnInstance.of("audit-7", settings.service(), settings.registry(), 8083, 9093);

        assertThat(own.id()).isEqualTo("audit-7");
        assertThat(own.host()).isEqualTo("audit.example.org");
        assertThat(own.httpPort()).hasValue(80);
        assertThat(own.grpcPort()).hasValue(9093);
    }

    @Test
    void shouldRefuseToAnnounceAnAddressThatNobodyCanCall() {
        ServiceRegistry registry = ServiceRegistry.inProcess(InstantSource.system());

        assertThatThrownBy(
                        () ->
                                registry.register(
                                        ServiceInstance.builder("x", "y", "0.0.0.0").build()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("registry.advertised-host");
    }

    @Test
    void shouldHideThePasswordOfRedis() {
        RedisAddress address =
                RedisAddress.of(URI.create("rediss://me:se%40cret@redis.local:7000/3"));

        assertThat(address.user()).contains("me");
        assertThat(address.password()).contains("se@cret");
        assertThat(address.database()).isEqualTo(3);
        assertThat(address).hasToString("rediss://redis.local:7000/3");
    }

    @Test
    void shouldTakeALoneUserForAUserWhereThePasswordStandsElsewhere() {
        RedisAddress address =
                RedisAddress.of(
                        TestSettings.of(
                                        Map.of(
                                                "registry.redis-url",
                                                "redis://audit@localhost",
                                                "registry.redis-password",
                                                "s3cret"))
                                .registry());

        assertThat(address.user()).contains("audit");
        assertThat(address.password()).contains("s3cret");
        assertThat(address).hasToString("redis://localhost:6379");
    }

    @Test
    void shouldTakeALoneUserForAPassword() {
        RedisAddress address = RedisAddress.of(URI.create("redis://secret@localhost"));

        assertThat(address.user()).isEmpty();
        assertThat(address.password()).contains("secret");
        assertThat(address.port()).isEqualTo(6379);
    }

    @Test
    void shouldDoubleTheBackoffUpToItsLimitAndStartOver() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), new Random(3));

        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            delays.add(backoff.afterFailure());
        }
        backoff.reset();

        int[] seconds = {1, 2, 4, 5, 5};
        for (int i = 0; i < seconds.length; i++) {
            assertThat(delays.get(i))
                    .isBetween(
                            Duration.ofMillis(seconds[i] * 800L), Duration.ofSeconds(seconds[i]));
        }
        assertThat(backoff.afterFailure()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldHaveTheDefaultsOfTheEcosystem() {
        RegistrySettings defaults = settings(Map.of()).registry();

        assertThat(defaults.redisUrl()).isEqualTo(URI.create("redis://localhost:6379"));
        assertThat(defaults.heartbeatInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.ttl()).isEqualTo(Duration.ofSeconds(90));
        assertThat(defaults.refreshInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.writeLayouts()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(defaults.readLayouts()).hasSize(7);
        assertThat(defaults.advertisedHost()).isEmpty();
    }

    @Test
    void shouldLiveThreeBeatsWhereNothingElseIsSaid() {
        RegistrySettings settings =
                settings(Map.of("REDIS_URL", "redis://r:1/2", "HEALTH_CHECK_INTERVAL", "10s"))
                        .registry();

        assertThat(settings.redisUrl().getPort()).isEqualTo(1);
        assertThat(settings.ttl()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldNameEverySettingThatCannotBe() {
        assertThatThrownBy(
                        () ->
                                settings(
                                        Map.of(
                                                "REDIS_URL", "redis://h/db-one",
                                                "REGISTRY_TTL", "31s",
                                                "REGISTRY_WRITE_LAYOUTS", "a,d",
                                                "REGISTRY_ADVERTISED_HOST", "0.0.0.0")))
                .hasMessageContaining("registry.redis-url")
                .hasMessageContaining("registry.ttl")
                .hasMessageContaining("registry.write-layouts")
                .hasMessageContaining("registry.advertised-host");
    }

    private static Settings settings(Map<String, String> environment) {
        return Settings.load(Optional.empty(), environment, new Properties()).settings();
    }

    private static AdvertisedAddress best(String... addresses) throws UnknownHostException {
        List<InetAddress> parsed = new ArrayList<>();
        for (String address : addresses) {
            parsed.add(InetAddress.getByName(address));
        }
        return AdvertisedAddress.best(parsed);
    }
}
