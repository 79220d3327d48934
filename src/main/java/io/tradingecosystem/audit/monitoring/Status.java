package io.tradingecosystem.audit.monitoring;

import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * The status document: which service this is, since when, and one section for each part. The same
 * over HTTP and gRPC. Thread-safe.
 */
public final class Status {
    private static final EventLogger LOG = EventLogger.of(Status.class);

    private final Identity identity;
    private final LongSupplier ticker;
    private final long startTick;
    private final List<StatusSection> sections = new CopyOnWriteArrayList<>();

    private Status(Identity identity, LongSupplier ticker) {
        this.identity = identity;
        this.ticker = ticker;
        this.startTick = ticker.getAsLong();
    }

    /**
     * A document without sections.
     *
     * @param ticker monotonic time in nanoseconds, for the uptime
     */
    public static Status create(Identity identity, LongSupplier ticker) {
        return new Status(identity, ticker);
    }

    /** Adds a section; sections are shown in the order in which they were added. */
    public Status add(StatusSection section) {
        sections.add(section);
        return this;
    }

    public Identity identity() {
        return identity;
    }

    Duration uptime() {
        return Duration.ofNanos(ticker.getAsLong() - startTick);
    }

    /** The document as it is now. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("service", identity.service());
        document.put("instance", identity.instance());
        document.put("version", identity.version());
        document.put("environment", identity.environment());
        document.put("started_at", identity.startedAt());
        document.put("uptime_seconds", uptime().toMillis() / 1000.0);
        document.put("build", identity.build());
        document.put("java", Runtime.version().toString());
        sections.forEach(section -> document.put(section.name(), content(section)));
        return document;
    }

    private static Object content(StatusSection section) {
        try {
            return section.document().get();
        } catch (RuntimeException e) {
            LOG.error("status.section.failed", e, "section", section.name());
            return Map.of("failure", e.toString());
        }
    }
}
