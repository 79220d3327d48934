package io.tradingecosystem.audit.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** {@code services:{name}}: a hash; its time has no fraction of a second. */
record LayoutC() implements WritableLayout {
    @Override
    public Layout layout() {
        return Layout.C;
    }

    @Override
    public boolean claims(RegistryKey key, RecordFields fields) {
        return key.inServices() && key.size() == 2;
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.of(Duration.ofMinutes(5));
    }

    @Override
    public ServiceInstance read(RegistryKey key, RecordFields fields) {
        return RecordReading.read(Layout.C, fields, Optional.of(key.part(1)));
    }

    @Override
    public String key(ServiceInstance instance) {
        return "services:" + instance.service();
    }

    @Override
    public RawValue write(ServiceInstance instance, Instant now) {
        Map<String, String> fields = OwnInstance.hashFields(instance);
        fields.put("last_heartbeat", now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new RawValue.Hash(fields);
    }
}
