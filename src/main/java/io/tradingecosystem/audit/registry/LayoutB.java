package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.common.Timestamps;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * {@code registry:services:{name}}: a hash of exactly nine fields. Its readers hand the fields to a
 * constructor by name: one field too many, and their whole listing fails.
 */
record LayoutB() implements WritableLayout {
    @Override
    public Layout layout() {
        return Layout.B;
    }

    @Override
    public boolean claims(RegistryKey key, RecordFields fields) {
        return key.inRegistryNamespace();
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.of(Duration.ofSeconds(90));
    }

    @Override
    public ServiceInstance read(RegistryKey key, RecordFields fields) {
        return RecordReading.read(Layout.B, fields, Optional.of(key.part(2)));
    }

    @Override
    public String key(ServiceInstance instance) {
        return "registry:services:" + instance.service();
    }

    @Override
    public boolean exactFields() {
        return true;
    }

    @Override
    public RawValue write(ServiceInstance instance, Instant now) {
        Map<String, String> fields = OwnInstance.hashFields(instance);
        fields.put("registered_at", Timestamps.epochSeconds(instance.registeredAt().orElse(now)));
        fields.put("last_heartbeat", Timestamps.epochSeconds(now));
        return new RawValue.Hash(fields);
    }
}
