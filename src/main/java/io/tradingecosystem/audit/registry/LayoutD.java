package io.tradingecosystem.audit.registry;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code registry:services:{name}} as a shell script writes it: a hash with {@code updated_at} and
 * without a heartbeat. It never expires.
 */
record LayoutD() implements LayoutCodec {
    @Override
    public Layout layout() {
        return Layout.D;
    }

    @Override
    public boolean claims(RegistryKey key, RecordFields fields) {
        return key.inRegistryNamespace()
                && !fields.has("last_heartbeat")
                && (fields.has("updated_at") || fields.has("type") || fields.has("port"));
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.empty();
    }

    @Override
    public ServiceInstance read(RegistryKey key, RecordFields fields) {
        return RecordReading.read(Layout.D, fields, Optional.of(key.part(2)));
    }
}
