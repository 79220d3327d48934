package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.DefinitionEvents;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Instant;
import java.util.Optional;

/**
 * The events by which this room speaks through the log, so that reading the log again gives the
 * same links. Nothing is kept elsewhere that cannot be had from them.
 */
public final class LinkEvents {
    /** A rule that came into force or was withdrawn. */
    public static final String RULE = RuleReader.EVENT;

    /** Reads and writes those. */
    public static final DefinitionEvents<Rule> RULES = new DefinitionEvents<>(RuleReader.KIND);

    /**
     * A link that somebody told us, with the attributes {@code cause}, {@code effect} (ids of
     * events), {@code type} and {@code confidence}.
     */
    public static final String LINK = "audit.link";

    private LinkEvents() {}

    /** The id is made of what is linked and how, so the same link is stored once. */
    public static AuditEvent link(String service, Instant at, ManualLink link) {
        return AuditEvent.builder(service, LINK)
                .id("link-" + Digest.hex(32, link.causeId(), link.effectId(), link.type()))
                .occurredAt(at)
                .message(link.causeId() + " caused " + link.effectId() + ": " + link.type())
                .attribute("cause", link.causeId())
                .attribute("effect", link.effectId())
                .attribute("type", link.type())
                .attribute("confidence", link.confidence())
                .build();
    }

    /** Reads a link that somebody told; empty if it makes no sense. */
    public static Optional<ManualLink> link(AuditEvent event) {
        double confidence =
                switch (event.attributes().get("confidence")) {
                    case AttributeValue.Real(double value) -> value;
                    case AttributeValue.Whole(long value) -> value;
                    case null, default -> Double.NaN;
                };
        ManualLink link =
                new ManualLink(
                        event.attribute("cause"),
                        event.attribute("effect"),
                        event.attribute("type"),
                        confidence);
        return Optional.of(link).filter(each -> each.problems().isEmpty());
    }
}
