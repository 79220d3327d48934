package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.common.Json;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code services:{name}:{instance}}: a JSON text, and the set {@code service_index:{name}} of the
 * instances' ids. Its readers drop a record with a metadata value that is no string.
 */
record LayoutA() implements WritableLayout {
    @Override
    public Layout layout() {
        return Layout.A;
    }

    @Override
    public boolean claims(RegistryKey key, RecordFields fields) {
        return key.inServices() && key.size() == 3;
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.of(Duration.ofSeconds(90));
    }

    @Override
    public ServiceInstance read(RegistryKey key, RecordFields fields) {
        return RecordReading.read(
                Layout.A, fields, Optional.of(key.part(1)), RecordReading.ID, key);
    }

    @Override
    public String key(ServiceInstance instance) {
        return "services:" + instance.service() + ":" + instance.id();
    }

    @Override
    public Optional<String> indexKey(ServiceInstance instance) {
        return Optional.of("service_index:" + instance.service());
    }

    @Override
    public RawValue write(ServiceInstance instance, Instant now) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", instance.id());
        fields.put("name", instance.service());
        fields.put("version", instance.version());
        fields.put("host", instance.host());
        fields.put("grpc_port", instance.grpcPort().orElse(0));
        fields.put("http_port", instance.httpPort().orElse(0));
        fields.put("status", instance.status());
        fields.put("metadata", OwnInstance.metadata(instance));
        fields.put("last_seen", now.truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("registered_at", instance.registeredAt().orElse(now).toString());
        return new RawValue.Text(Json.text(fields));
    }
}
