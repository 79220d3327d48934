package io.tradingecosystem.audit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.common.Timestamps;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

class LayoutToleranceTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void shouldReadTheHashOfAShellScript() {
        ServiceInstance read =
                hash(
                        "registry:services:exchange",
                        Map.of(
                                "name", "exchange",
                                "host", "10.0.0.9",
                                "port", "8080",
                                "grpc_port", "50051",
                                "type", "simulator",
                                "status", "active",
                                "updated_at", "2026-01-31T12:00:00Z"));

        assertThat(read.layouts()).containsExactly(Layout.D);
        assertThat(read.httpPort()).hasValue(8080);
        assertThat(read.grpcPort()).hasValue(50051);
        assertThat(read.healthy()).isTrue();
        assertThat(read.lastSeen()).contains(NOON);
        assertThat(read.id()).isEqualTo("exchange-10-0-0-9-8080");
    }

    @Test
    void shouldReadTheJsonOfASimulator() {
        ServiceInstance read =
                json(
                        "services:exchange-simulator:localhost:8082",
                        """
                        {"service_name":"exchange-simulator","host":"localhost","grpc_port":50053,
                         "http_port":"8082","version":"1.0.0","status":"healthy",
                         "last_seen":"2026-01-31T13:00:00+01:00"}\
                        """);

        assertThat(read.layouts()).containsExactly(Layout.E);
        assertThat(read.service()).isEqualTo("exchange-simulator");
        assertThat(read.host()).isEqualTo("localhost");
        assertThat(read.grpcPort()).hasValue(50053);
        assertThat(read.lastSeen()).contains(NOON);
    }

    @Test
    void shouldReadTheJsonOfTheMarketDataSimulator() {
        ServiceInstance read =
                json(
                        "services:market-data:market-data-1769860800",
                        """
                        {"service_name":"market-data","service_version":"2.1",
                         "instance_id":"market-data-1769860800","address":"0.0.0.0","port":8085,
                         "grpc_port":50055.0,"http_port":"8085.0","health":"ok","status":"active",
                         "registered_at":1769860800,"last_heartbeat":1769860800.25,
                         "metadata":{"address":"10.0.0.4:50055","level":3},"tags":["a","b"]}\
                        """);

        assertThat(read.layouts()).containsExactly(Layout.F);
        assertThat(read.version()).isEqualTo("2.1");
        assertThat(read.id()).isEqualTo("market-data-1769860800");
        assertThat(read.host()).isEqualTo("10.0.0.4");
        assertThat(read.flags()).containsExactly(ServiceInstance.Flag.ADDRESS_SUBSTITUTED);
        assertThat(read.httpPort()).hasValue(8085);
        assertThat(read.grpcPort()).hasValue(50055);
        assertThat(read.metadata()).containsEntry("level", "3").containsEntry("tags", "a,b");
        assertThat(read.registeredAt()).contains(NOON);
        assertThat(read.lastSeen()).contains(NOON.plusMillis(250));
    }

    @Test
    void shouldReadTheJsonOfADataAdapter() {
        ServiceInstance read =
                json(
                        "adapters:service:data-7",
                        """
                        {"ServiceName":"data-adapter","ServiceID":"data-7","Address":"10.0.0.5",
                         "Port":9000,"Version":"3","Metadata":null,
                         "RegisteredAt":"2026-01-31T12:00:00.123456789Z",
                         "LastHeartbeat":"2026-01-31T12:00:00Z"}\
                        """);

        assertThat(read.layouts()).containsExactly(Layout.G);
        assertThat(read.service()).isEqualTo("data-adapter");
        assertThat(read.id()).isEqualTo("data-7");
        assertThat(read.httpPort()).hasValue(9000);
        assertThat(read.healthy()).isTrue();
        assertThat(read.metadata()).isEmpty();
        assertThat(LayoutG.heartbeatKey(RegistryKey.of("adapters:service:data-7")))
                .isEqualTo("adapters:heartbeat:data-7");
    }

    @Test
    void shouldPutLoopbackForAWildcardAndSaySo() {
        ServiceInstance read =
                hash(
                        "services:tests",
                        Map.of("name", "tests", "host", "0.0.0.0", "http_port", "80"));

        assertThat(read.host()).isEqualTo("127.0.0.1");
        assertThat(read.flags()).containsExactly(ServiceInstance.Flag.ADDRESS_SUBSTITUTED);
    }

    @Test
    void shouldTakeTheNameFromTheKeyWhereTheRecordHasNone() {
        assertThat(hash("services:tests", Map.of("host", "10.0.0.1")).service()).isEqualTo("tests");
    }

    @Test
    void shouldTakeMetadataThatIsNoJsonForNone() {
        ServiceInstance read =
                hash(
                        "services:tests",
                        Map.of("host", "10.0.0.1", "metadata", "{'python': 'repr'}"));

        assertThat(read.metadata()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "17",
                "{\"name\":\"x\"}",
                "{\"name\":\"x\",\"host\":\"h\",\"http_port\":\"eighty\"}",
                "{\"name\":\"x\",\"host\":\"h\",\"grpc_port\":65536}",
                "{\"name\":\"x\",\"host\":\"h\",\"grpc_port\":-1}",
                "{\"name\":\"x\",\"host\":\"h\",\"grpc_port\":80.5}"
            })
    void shouldSayWhyARecordIsUnreadable(String record) {
        assertThatThrownBy(() -> json("services:x:y", record))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageMatching("(?s).{10,}");
    }

    @Property
    void shouldReadAPortHoweverItIsWritten(
            @ForAll @IntRange(min = 1, max = 65_535) int port, @ForAll("portForms") String form) {
        String record = "{\"host\":\"h\",\"grpc_port\":" + String.format(form, port) + "}";

        assertThat(json("services:x:y", record).grpcPort()).isEqualTo(OptionalInt.of(port));
    }

    @Property
    void shouldReadAFieldHoweverItsNameIsWritten(@ForAll("hostNames") String name) {
        String record = "{\"" + name + "\":\"10.9.8.7\"}";

        assertThat(json("services:x:y", record).host()).isEqualTo("10.9.8.7");
    }

    @Property
    void shouldReadOrRefuseWhateverStandsThere(
            @ForAll("keys") String key, @ForAll("fields") Map<String, String> fields) {
        RegistryKey parsed = RegistryKey.of(key);
        RecordFields read = RecordFields.of(new RawValue.Hash(fields));
        for (LayoutCodec codec : LayoutCodec.ALL) {
            if (codec.claims(parsed, read)) {
                try {
                    assertThat(codec.read(parsed, read).host()).isNotEmpty();
                } catch (UnreadableRecordException e) {
                    assertThat(e).hasMessageMatching("(?s).{5,}");
                }
            }
        }
    }

    @Property
    void shouldReadOrRefuseAnyText(@ForAll String text) {
        try {
            RecordFields.of(new RawValue.Text(text));
        } catch (UnreadableRecordException e) {
            assertThat(e).hasMessageStartingWith("it is no JSON");
        }
    }

    @Property
    void shouldReadATimeHoweverItIsWritten(@ForAll("moments") Instant moment) {
        assertThat(Timestamps.parse(moment.toString())).contains(moment);
        assertThat(Timestamps.parse(Timestamps.epochSeconds(moment))).contains(moment);
        assertThat(Timestamps.parse(Long.toString(moment.toEpochMilli()))).contains(moment);
        assertThat(Timestamps.parse(moment.toString().replace("Z", "+00:00"))).contains(moment);
        assertThat(Timestamps.parse(moment.toString().replace("Z", ""))).contains(moment);
    }

    @Property
    void shouldTakeATextThatIsNoTimeForNone(@ForAll String text) {
        Optional<Instant> parsed = Timestamps.parse(text);

        assertThat(parsed.isEmpty() || text.matches("(?s).*\\d.*")).isTrue();
    }

    @Provide
    Arbitrary<String> portForms() {
        return Arbitraries.of("%d", "\"%d\"", "\"%d.0\"", "%d.0", "\" %d \"");
    }

    @Provide
    Arbitrary<String> hostNames() {
        return Arbitraries.of("host", "Host", "address", "Address", "ADDR", "host_name", "ip");
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(
                "services:x",
                "services:x:y",
                "services:x:localhost:1",
                "registry:services:x",
                "n:service:x");
    }

    @Provide
    Arbitrary<Map<String, String>> fields() {
        Arbitrary<String> known =
                Arbitraries.of("name", "service_name", "host", "port", "grpc_port", "status");
        Arbitrary<String> likely =
                Arbitraries.of("exchange", "10.0.0.9", "8080", "-1", "active", "{}", "null", "");
        return Arbitraries.maps(
                        Arbitraries.oneOf(known, Arbitraries.strings()),
                        Arbitraries.oneOf(likely, Arbitraries.strings()))
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(1_000_000_000_000L, 4_000_000_000_000L)
                .map(Instant::ofEpochMilli);
    }

    private static ServiceInstance hash(String key, Map<String, String> fields) {
        return read(key, new RawValue.Hash(fields));
    }

    private static ServiceInstance json(String key, String text) {
        return read(key, new RawValue.Text(text));
    }

    private static ServiceInstance read(String key, RawValue value) {
        RegistryKey parsed = RegistryKey.of(key);
        RecordFields fields = RecordFields.of(value);
        LayoutCodec codec =
                LayoutCodec.ALL.stream()
                        .filter(candidate -> candidate.claims(parsed, fields))
                        .findFirst()
                        .orElseThrow();
        return codec.read(parsed, fields);
    }
}
