package io.tradingecosystem.audit.registry;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code {namespace}:service:{id}}, as the Go data adapters write it: JSON. That the instance lives
 * is kept alive by a second key, {@code {namespace}:heartbeat:{id}}.
 */
record LayoutG() implements LayoutCodec {
    @Override
    public Layout layout() {
        return Layout.G;
    }

    @Override
    public boolean claims(RegistryKey key, RecordFields fields) {
        return key.inOtherNamespace();
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.of(Duration.ofSeconds(90));
    }

    @Override
    public ServiceInstance read(RegistryKey key, RecordFields fields) {
        return RecordReading.read(Layout.G, fields, Optional.empty(), RecordReading.ID, key);
    }

    /** The key that exists while the instance lives. */
    static String heartbeatKey(RegistryKey key) {
        int service = key.text().lastIndexOf(":service:");
        return key.text().substring(0, service)
                + ":heartbeat:"
                + key.text().substring(service + ":service:".length());
    }
}
