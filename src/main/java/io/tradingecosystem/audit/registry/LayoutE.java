package io.tradingecosystem.audit.registry;

import java.time.Duration;
import java.util.Optional;

/** {@code services:{name}:{host}:{port}}, as exchange and custodian simulators write it: JSON. */
record LayoutE() implements LayoutCodec {
    @Override
    public Layout layout() {
        return Layout.E;
    }

    @Override
    public boolean claims(RegistryKey key, RecordFields fields) {
        return key.inServices() && key.size() == 4;
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.of(Duration.ofSeconds(90));
    }

    @Override
    public ServiceInstance read(RegistryKey key, RecordFields fields) {
        return RecordReading.read(Layout.E, fields, Optional.of(key.part(1)));
    }
}
