package io.tradingecosystem.audit.projection;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Severity;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * The events that say what was left out to stay within a bound. What is left out is a function of
 * the log; these say so for people, and whoever reads the log again leaves out the same.
 */
public final class EvictionEvents {
    public static final String TYPE = OwnWords.EVICTION;

    /** The attribute that says of what it was left out: {@code links} or {@code verdicts}. */
    public static final String PART = "part";

    private static final int ID_DIGITS = 32;

    private EvictionEvents() {}

    /**
     * Begins such an event.
     *
     * @param total what was left out so far, which keeps repeated ids apart
     */
    public static AuditEventBuilder of(String service, String part, Instant at, String total) {
        return AuditEvent.own(service, TYPE)
                .id(OwnWords.id("eviction-" + Digest.hex(ID_DIGITS, at.toString(), total)))
                .severity(Severity.WARNING)
                .occurredAt(at)
                .attribute(PART, part);
    }

    /** A count that such an event says; empty if it does not. */
    public static OptionalLong count(AuditEvent event, String attribute) {
        return event.attributes().get(attribute) instanceof AttributeValue.Whole(long count)
                ? OptionalLong.of(count)
                : OptionalLong.empty();
    }
}
