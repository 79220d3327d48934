package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.registry.RecordFields.Names;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code services:{name}:{name}-{unix seconds}}, as the market-data simulator writes it: JSON with
 * {@code service_name} and {@code instance_id} where layout A has {@code name} and {@code id}.
 */
record LayoutF() implements LayoutCodec {
    private static final Names MARKS = Names.of("service_name", "instance_id");
    private static final Names ID = Names.of("instance_id");

    @Override
    public Layout layout() {
        return Layout.F;
    }

    @Override
    public boolean claims(RegistryKey key, RecordFields fields) {
        return key.inServices() && key.size() == 3 && fields.has(MARKS);
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.of(Duration.ofSeconds(30));
    }

    @Override
    public ServiceInstance read(RegistryKey key, RecordFields fields) {
        return RecordReading.read(Layout.F, fields, Optional.of(key.part(1)), ID, key);
    }
}
