package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.settings.Settings;

import java.util.List;

/** Which addresses are called. */
final class EgressWiring {
    private EgressWiring() {}

    /** A policy that is counted. */
    static EgressPolicy create(Settings settings, Monitoring monitoring) {
        Meters.Counters refused =
                monitoring
                        .meters()
                        .counters(
                                "peer_addresses_refused",
                                "Connections that were not made because of the address",
                                List.of("reason"));
        return EgressPolicy.create(
                settings.access().peerAddresses(), kind -> refused.increment(kind.name()));
    }
}
