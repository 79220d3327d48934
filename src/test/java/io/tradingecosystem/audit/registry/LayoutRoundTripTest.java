package io.tradingecosystem.audit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

class LayoutRoundTripTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 300)
    void layoutAShouldReadBackWhatItWrote(
            @ForAll("instances") ServiceInstance instance, @ForAll("moments") Instant now) {
        ServiceInstance read = readBack(new LayoutA(), instance, now);

        assertThat(read).isEqualTo(asSeenIn(Layout.A, instance, now));
    }

    @Property(tries = 300)
    void layoutBShouldReadBackWhatItWrote(
            @ForAll("instances") ServiceInstance instance, @ForAll("moments") Instant now) {
        ServiceInstance read = readBack(new LayoutB(), instance, now);

        assertThat(read).isEqualTo(asSeenIn(Layout.B, instance, now));
    }

    @Property(tries = 300)
    void layoutCShouldReadBackWhatItWroteToTheSecond(
            @ForAll("instances") ServiceInstance instance, @ForAll("moments") Instant now) {
        ServiceInstance read = readBack(new LayoutC(), instance, now);

        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        ServiceInstance expected = asSeenIn(Layout.C, instance, second);
        assertThat(read).isEqualTo(expected.toBuilder().registeredAt(Optional.empty()).build());
    }

    @Property(tries = 100)
    void layoutAShouldWriteNumbersForPortsAndTextsForMetadata(
            @ForAll("instances") ServiceInstance instance, @ForAll("moments") Instant now)
            throws IOException {
        RawValue.Text written = (RawValue.Text) new LayoutA().write(instance, now);

        JsonNode record = JSON.readTree(written.json());
        assertThat(record.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "version",
                        "host",
                        "grpc_port",
                        "http_port",
                        "status",
                        "metadata",
                        "last_seen",
                        "registered_at");
        assertThat(record.get("http_port").isInt()).isTrue();
        assertThat(record.get("grpc_port").isInt()).isTrue();
        assertThat(record.get("metadata")).isNotEmpty().allMatch(JsonNode::isTextual);
        assertThat(record.get("last_seen").asText()).matches("\\d{4}-.*T.*Z");
    }

    @Property(tries = 100)
    void layoutBShouldWriteExactlyNineFields(
            @ForAll("instances") ServiceInstance instance, @ForAll("moments") Instant now)
            throws IOException {
        RawValue.Hash written = (RawValue.Hash) new LayoutB().write(instance, now);

        assertThat(written.fields())
                .containsOnlyKeys(
                        "name",
                        "version",
                        "host",
                        "http_port",
                        "grpc_port",
                        "status",
                        "metadata",
                        "registered_at",
                        "last_heartbeat");
        assertThat(written.fields().get("http_port")).matches("\\d+");
        assertThat(written.fields().get("last_heartbeat")).matches("\\d+\\.\\d{3}");
        assertThat(JSON.readTree(written.fields().get("metadata")).isObject()).isTrue();
    }

    @Property(tries = 100)
    void layoutCShouldWriteItsTimeWithoutFraction(
            @ForAll("instances") ServiceInstance instance, @ForAll("moments") Instant now) {
        RawValue.Hash written = (RawValue.Hash) new LayoutC().write(instance, now);

        assertThat(written.fields().get("last_heartbeat"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(written.fields().get("grpc_port")).matches("\\d+");
    }

    @Provide
    Arbitrary<ServiceInstance> instances() {
        Arbitrary<String> labels =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(20);
        Arbitrary<OptionalInt> ports =
                Arbitraries.integers()
                        .between(0, 65_535)
                        .map(p -> p == 0 ? OptionalInt.empty() : OptionalInt.of(p));
        Arbitrary<String> values =
                Arbitraries.strings()
                        .ofMinLength(1)
                        .ofMaxLength(20)
                        .filter(text -> text.equals(text.strip()));
        Arbitrary<Map<String, String>> metadata =
                Arbitraries.maps(labels.map(label -> "x-" + label), values).ofMaxSize(4);
        return Combinators.combine(labels, labels, ports, ports, metadata, moments())
                .as(
                        (service, id, http, grpc, extra, started) ->
                                ServiceInstance.builder(service, id, "10.0.0.7")
                                        .version("1.0.0")
                                        .environment("testing")
                                        .httpPort(http)
                                        .grpcPort(grpc)
                                        .metadata(extra)
                                        .registeredAt(Optional.of(started))
                                        .build());
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(1_500_000_000_000L, 4_000_000_000_000L)
                .map(Instant::ofEpochMilli);
    }

    private static ServiceInstance readBack(
            WritableLayout layout, ServiceInstance instance, Instant now) {
        RegistryKey key = RegistryKey.of(layout.key(instance));
        RecordFields fields = RecordFields.of(layout.write(instance, now));
        LayoutCodec reader =
                LayoutCodec.ALL.stream()
                        .filter(c -> c.claims(key, fields))
                        .findFirst()
                        .orElseThrow();
        assertThat(reader).isEqualTo(layout);
        return reader.read(key, fields);
    }

    private static ServiceInstance asSeenIn(
            Layout layout, ServiceInstance instance, Instant lastSeen) {
        return instance.toBuilder()
                .metadata(withIdentity(instance))
                .lastSeen(Optional.of(lastSeen))
                .layout(layout)
                .build();
    }

    private static Map<String, String> withIdentity(ServiceInstance instance) {
        return OwnInstance.metadata(instance);
    }
}
