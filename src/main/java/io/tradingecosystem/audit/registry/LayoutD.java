package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.registry.RecordFields.Names;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code registry:services:{name}} as a shell script writes it: a hash with {@code updated_at} and
 * without a heartbeat. It never expires.
 */
record LayoutD() implements LayoutCodec {
    private static final Names MARKS = Names.of("updated_at", "type", "port");

    @Override
    public Layout layout() {
        return Layout.D;
    }

    @Override
    public boolean claims(RegistryKey key, RecordFields fields) {
        return key.inRegistryNamespace()
                && !fields.has(RecordReading.LAST_HEARTBEAT)
                && fields.has(MARKS);
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
