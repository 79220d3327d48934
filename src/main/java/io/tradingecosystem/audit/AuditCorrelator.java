package io.tradingecosystem.audit;

import io.tradingecosystem.audit.server.Build;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.Identity;
import io.tradingecosystem.audit.server.Monitoring;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The composition root: what is built, from what, in which order it starts. It ends in reverse
 * order.
 */
public final class AuditCorrelator implements AutoCloseable {
    private final Parts parts;
    private final Identity identity;
    private final OpenDoors doors;

    private AuditCorrelator(Parts parts, Identity identity, OpenDoors doors) {
        this.parts = parts;
        this.identity = identity;
        this.doors = doors;
    }

    /** Starts the service; it serves when this returns. If a part cannot start, none is left. */
    public static AuditCorrelator start(Settings settings) {
        Parts parts = new Parts();
        try {
            return start(settings, InstantSource.system(), System::nanoTime, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static AuditCorrelator start(
            Settings settings, InstantSource clock, LongSupplier ticker, Parts parts) {
        Identity identity = Identity.of(settings, Build.read(), clock.instant());
        Monitoring monitoring = parts.add("monitoring", Monitoring.create(identity, clock, ticker));
        Doors doors = Doors.create(settings.server(), monitoring);

        OpenDoors open = parts.add("doors", doors.open());
        return new AuditCorrelator(parts, identity, open);
    }

    /** Who this is. */
    public Identity identity() {
        return identity;
    }

    /** The port of the HTTP listener. */
    public int httpPort() {
        return doors.httpPort();
    }

    /** Ends the service in order; requests in flight finish. */
    @Override
    public void close() {
        parts.close();
    }
}
