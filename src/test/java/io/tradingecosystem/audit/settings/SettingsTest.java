package io.tradingecosystem.audit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;

class SettingsTest {
    @TempDir Path directory;

    @Test
    void shouldHaveTheDefaultsOfTheEcosystem() {
        Settings settings = load(Map.of()).settings();

        assertThat(settings.service().name()).isEqualTo("audit-correlator");
        assertThat(settings.service().instance()).isEmpty();
        assertThat(settings.service().version()).isEqualTo("1.0.0");
        assertThat(settings.service().environment()).isEqualTo("development");
        assertThat(settings.logging())
                .isEqualTo(
                        new LoggingSettings(
                                LoggingSettings.Format.TEXT, LoggingSettings.Level.INFO));
        assertThat(settings.server().http().port()).isEqualTo(8083);
        assertThat(settings.server().http().maxBodySize()).isEqualTo(1 << 20);
        assertThat(settings.server().http().tls().enabled()).isFalse();
        assertThat(settings.server().drainDelay()).isZero();
        assertThat(settings.server().shutdownGrace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.store())
                .isEqualTo(
                        new StoreSettings(
                                Path.of("./data/log"),
                                StoreSettings.Durability.FSYNC,
                                65_536,
                                64 << 20,
                                Set.of("order_id", "symbol", "trade_id", "strategy_id"),
                                Duration.ofDays(90),
                                20L << 30,
                                OptionalLong.empty(),
                                256 << 20));
    }

    @Test
    void shouldTakeTheFirstOfPropertyKeyNameEcosystemNameAndFile() throws IOException {
        Path file = file("server:\n  http:\n    port: 1\n");
        Properties property = new Properties();
        property.put("server.http.port", "4");

        assertThat(port(file, Map.of(), new Properties())).isEqualTo(1);
        assertThat(port(file, Map.of("HTTP_PORT", "2"), new Properties())).isEqualTo(2);
        assertThat(port(file, Map.of("HTTP_PORT", "2", "SERVER_HTTP_PORT", "3"), new Properties()))
                .isEqualTo(3);
        assertThat(port(file, Map.of("SERVER_HTTP_PORT", "3"), property)).isEqualTo(4);
    }

    @Test
    void shouldTakeWhatIsWrittenAndNotWhatYamlMakesOfIt() throws IOException {
        Path file =
                file(
                        """
                        service:
                          environment: NO
                          version: 1.10
                        store.business-keys: [on, x007, a_b]
                        ingest.aliases.services: {risk-monitor: [1.10, NO]}
                        """);

        Settings settings = load(file).settings();

        assertThat(settings.service().environment()).isEqualTo("NO");
        assertThat(settings.service().version()).isEqualTo("1.10");
        assertThat(settings.store().businessKeys()).contains("on", "x007", "a_b");
        assertThat(settings.ingest().services())
                .containsEntry("risk-monitor", List.of("1.10", "NO"));
    }

    @Test
    void shouldTakeEventsByTheLimitsOfTheEventRoomUnlessSetOtherwise() throws IOException {
        assertThat(load(Map.of()).settings().ingest())
                .isEqualTo(
                        new IngestSettings(
                                new IngestSettings.Limits(
                                        128, 256, 32_768, 256, 256, 65_536, 16, 256, 262_144),
                                IngestSettings.BadTime.REFUSE,
                                Duration.ofHours(1),
                                Map.of(),
                                Map.of(),
                                10_000,
                                1 << 20,
                                64 << 20,
                                Duration.ofSeconds(10)));
        Path file =
                file(
                        """
                        ingest:
                          bad-time: clamp
                          limits: {links: 3}
                          aliases:
                            names: {order_id: [orderNumber, order.no]}
                            services: {risk-monitor: [risk]}
                        """);

        IngestSettings own =
                Settings.load(Optional.of(file), Map.of(), new Properties()).settings().ingest();

        assertThat(own.badTime()).isEqualTo(IngestSettings.BadTime.CLAMP);
        assertThat(own.limits().links()).isEqualTo(3);
        assertThat(own.names()).isEqualTo(Map.of("order_id", List.of("orderNumber", "order.no")));
        assertThat(own.services()).isEqualTo(Map.of("risk-monitor", List.of("risk")));
    }

    @Test
    void shouldNotTakeOneNameForTwoThings() throws IOException {
        Path file = file("ingest: {aliases: {names: {order_id: [nr], trade_id: [nr]}}}");

        assertThatThrownBy(() -> Settings.load(Optional.of(file), Map.of(), new Properties()))
                .hasMessageContaining("ingest.aliases.names")
                .hasMessageContaining("a name for one thing only");
    }

    @ParameterizedTest
    @CsvSource({
        "SERVICE_NAME, service.name, other",
        "SERVICE_INSTANCE_NAME, service.instance, audit-7",
        "SERVICE_VERSION, service.version, 2.0.0",
        "ENVIRONMENT, service.environment, production",
        "HTTP_PORT, server.http.port, 8084",
        "LOG_LEVEL, logging.level, debug",
        "REDIS_URL, registry.redis-url, redis://redis:6380",
        "HEALTH_CHECK_INTERVAL, registry.heartbeat-interval, 15s",
        "CONFIGURATION_SERVICE_URL, configuration.url, http://config:8091",
        "CACHE_TTL, configuration.cache-ttl, 1m",
        "REQUEST_TIMEOUT, configuration.timeout, 3s",
    })
    void shouldUnderstandTheNamesOfTheEcosystem(String variable, String key, String value) {
        var entry = entry(load(Map.of(variable, value)), key);

        assertThat(entry.value()).isEqualTo(value);
        assertThat(entry.origin()).isEqualTo("environment " + variable);
    }

    @Test
    void shouldTakeEveryKeyFromTheEnvironment() {
        for (EffectiveConfiguration.Entry entry : load(Map.of()).effective().entries()) {
            String value = entry.value();
            boolean plain = !value.isEmpty() && !value.contains("[") && !value.contains("*");
            if (plain) {
                String name = entry.key().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");

                var overridden = entry(load(Map.of(name, value)), entry.key());

                assertThat(overridden.value()).as(entry.key()).isEqualTo(value);
                assertThat(overridden.origin()).isEqualTo("environment " + name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.http.port          | 70000     | a whole number from 0 to 65535",
                "server.http.port          | http      | a whole number from 0 to 65535",
                "server.http.max-body-size | 1MB       | a size in bytes like 4096",
                "server.http.max-body-size | 1         | a size in bytes like 4096",
                "server.http.idle-timeout  | 5         | a duration like 100ms",
                "server.http.idle-timeout  | 5 minutes | a duration like 100ms",
                "server.shutdown-grace     | -1s       | a duration like 100ms",
                "server.drain-delay        | soon      | a duration like 100ms",
                "server.http.max-connections | 0       | a whole number from 1",
                "server.http.max-concurrent-requests | many | a whole number from 1",
                "service.name              | Audit     | a DNS label",
                "service.instance          | -audit    | a DNS label",
                "service.instance          | audit_1   | a DNS label",
                "logging.level             | loud      | one of trace, debug, info, warn, error",
                "logging.format            | xml       | one of text, json",
                "registry.redis-url        | localhost | a URI with a host",
                "store.durability          | maybe     | one of fsync, os",
                "store.queue-events        | 1         | a whole number from 512",
                "store.queue-size          | 1KiB      | a size in bytes",
                "store.retention-age       | 1s        | a duration like 100ms",
                "store.retention-size      | 1MiB      | a size in bytes",
                "store.memory              | 0         | auto, or a size in bytes",
                "store.min-free-space      | some      | a size in bytes",
                "store.business-keys       | order id  | names of attributes",
                "access.peer-addresses     | 10.0.0.0/33 | host names, addresses, or blocks",
                "access.peer-addresses     | 10.0.0    | host names, addresses, or blocks",
            })
    void shouldSayWhatIsAllowed(String key, String value, String allowed) {
        Properties properties = new Properties();
        properties.put(key, value);

        assertThatThrownBy(() -> Settings.load(Optional.empty(), Map.of(), properties))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("system property " + key)
                .hasMessageContaining(key + ": \"" + value + "\"")
                .hasMessageContaining(allowed);
    }

    @Test
    void shouldSayWhatStandsInThePlaceOfAKeyThatWasRemoved() throws IOException {
        Path file = file("store:\n  cache-size: 64MiB\n");

        assertThatThrownBy(() -> load(Map.of("STORE_CACHE_SIZE", "64MiB")))
                .hasMessageContaining("environment STORE_CACHE_SIZE")
                .hasMessageContaining("store.memory sizes caches and write buffers");
        assertThatThrownBy(() -> Settings.load(Optional.of(file), Map.of(), new Properties()))
                .hasMessageContaining("store.memory sizes caches and write buffers")
                .hasMessageNotContaining("here are");
    }

    @Test
    void shouldRefuseAnInstanceNameThatIsTooLong() {
        assertThatThrownBy(() -> load(Map.of("SERVICE_INSTANCE_NAME", "a".repeat(64))))
                .isInstanceOf(InvalidSettingsException.class);
        assertThat(
                        load(Map.of("SERVICE_INSTANCE_NAME", "a".repeat(63)))
                                .settings()
                                .service()
                                .instance())
                .isPresent();
    }

    @Test
    void shouldNameEveryProblemOfTheFileInOneLineEach() throws IOException {
        Path file =
                file(
                        """
                        server:
                          http:
                            port: x
                            prot: 8083
                        logging:
                          level: loud
                        nonsense: 1
                        """);

        InvalidSettingsException e =
                catchThrowableOfType(
                        InvalidSettingsException.class,
                        () -> Settings.load(Optional.of(file), Map.of(), new Properties()));

        assertThat(e.problems())
                .extracting(InvalidSettingsException.Problem::key)
                .containsExactlyInAnyOrder(
                        "server.http.port", "server.http.prot", "logging.level", "nonsense");
        assertThat(e.getMessage().lines()).hasSize(4).allMatch(l -> l.startsWith(file + ": "));
        assertThat(e.getMessage()).contains("no such key; here are").contains("server.http.port");
    }

    @Test
    void shouldRefuseAFileThatIsNotThereOrNotYaml() throws IOException {
        Path absent = directory.resolve("absent.yaml");
        Path broken = file("server: [\n");

        assertThatThrownBy(() -> load(absent)).hasMessageContaining("absent.yaml");
        assertThatThrownBy(() -> load(broken)).hasMessageContaining("valid YAML");
    }

    @Test
    void shouldRefuseHalfOfATlsConfiguration() {
        assertThatThrownBy(() -> load(Map.of("SERVER_HTTP_TLS_CERTIFICATE", "cert.pem")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("server.http.tls.key");
    }

    @Test
    void shouldMaskCredentialsWherePrinted() {
        String printed =
                load(Map.of("REDIS_URL", "redis://audit:s3cret@redis:6379")).effective().toString();

        assertThat(printed).doesNotContain("s3cret").contains("redis://********@redis:6379");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://audit:s3c/ret@redis:6379",
                "redis://audit:s3@cret@redis:6379",
                "audit:s3cret@redis:6379",
                "redis://audit:s3cret@redis:port"
            })
    void shouldShowNoPasswordOfAnAddressThatIsNone(String address) {
        assertThatThrownBy(() -> load(Map.of("REDIS_URL", address)))
                .hasMessageContaining("********")
                .hasMessageNotContaining("s3")
                .hasMessageNotContaining("cret");
    }

    @Test
    void shouldTakeSecretsFromFilesThatTheEnvironmentNames() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "s3cret\n");
        Path url = Files.writeString(directory.resolve("url"), "redis://audit@redis.local\n");
        Settings.Loaded loaded =
                load(
                        Map.of(
                                "REGISTRY_REDIS_PASSWORD_FILE",
                                password.toString(),
                                "REDIS_URL_FILE",
                                url.toString()));

        assertThat(loaded.settings().registry().redisPassword())
                .map(Secret::value)
                .contains("s3cret");
        assertThat(loaded.settings().registry().redisUrl()).hasHost("redis.local");
        assertThat(loaded.misspellings()).isEmpty();
        assertThat(loaded.effective().toString())
                .contains("registry.redis-password: ********")
                .contains("environment REGISTRY_REDIS_PASSWORD_FILE")
                .contains("environment REDIS_URL_FILE")
                .doesNotContain("s3cret");
        assertThat(loaded.settings().toString()).doesNotContain("s3cret");
    }

    @Test
    void shouldRefuseASecretThatStandsInTwoPlacesOrInNone() {
        assertThatThrownBy(() -> load(Map.of("REDIS_URL_FILE", "/no/such/file")))
                .hasMessageContaining("environment REDIS_URL_FILE")
                .hasMessageContaining("a file that can be read");
        assertThatThrownBy(
                        () ->
                                load(
                                        Map.of(
                                                "REDIS_URL_FILE",
                                                "/a",
                                                "REDIS_URL",
                                                "redis://audit:s3cret@b")))
                .hasMessageContaining("one of REDIS_URL and REDIS_URL_FILE")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(
                        () ->
                                load(
                                        Map.of(
                                                "REDIS_URL",
                                                "redis://audit:s3cret@b",
                                                "REGISTRY_REDIS_PASSWORD",
                                                "0ther")))
                .hasMessageContaining("redis-url has one already")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("0ther");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry: {redis-pasword: s3cret}",
                "registry: {redis-password: s3cret, redis-password: s3cret2}",
                "registry: {redis-url: 'redis://a:s3cret@b', redis-url: 'redis://a:s3cret@c'}",
                "registry:\n  redis-password: s3cret\n  broken: [s3cret\n x: y: s3cret"
            })
    void shouldShowNoSecretOfAFileThatCannotBeUsed(String yaml) throws IOException {
        Path file = file(yaml);

        assertThatThrownBy(() -> load(file))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldWantTlsWhereFilesOfItAreNamed() {
        assertThatThrownBy(() -> load(Map.of("REGISTRY_TLS_CA", "ca.pem")))
                .hasMessageContaining("registry.redis-url")
                .hasMessageContaining("rediss://");
    }

    @Test
    void shouldIgnoreAnEmptyVariable() {
        assertThat(load(Map.of("HTTP_PORT", "")).settings().server().http().port()).isEqualTo(8083);
    }

    @Test
    void shouldShipAFileThatSaysTheDefaults() {
        var shipped = load(Path.of("app.yaml")).effective().entries();
        var defaults = load(Map.of()).effective().entries();

        assertThat(values(shipped)).containsExactlyInAnyOrderEntriesOf(values(defaults));
    }

    private static Map<String, String> values(List<EffectiveConfiguration.Entry> entries) {
        Map<String, String> values = new HashMap<>();
        entries.forEach(entry -> values.put(entry.key(), entry.value()));
        return values;
    }

    private static int port(Path file, Map<String, String> environment, Properties properties) {
        return Settings.load(Optional.of(file), environment, properties)
                .settings()
                .server()
                .http()
                .port();
    }

    private static Settings.Loaded load(Map<String, String> environment) {
        return Settings.load(Optional.empty(), environment, new Properties());
    }

    private static Settings.Loaded load(Path file) {
        return Settings.load(Optional.of(file), Map.of(), new Properties());
    }

    private static EffectiveConfiguration.Entry entry(Settings.Loaded loaded, String key) {
        return loaded.effective().entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("test.yaml"), yaml);
    }
}
