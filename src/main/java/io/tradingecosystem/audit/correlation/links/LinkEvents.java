package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.correlation.rules.InvalidRuleException;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleDefinition;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
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
    public static final String RULE = "audit.rule";

    /**
     * A link that somebody told us, with the attributes {@code cause}, {@code effect} (ids of
     * events), {@code type} and {@code confidence}.
     */
    public static final String LINK = "audit.link";

    private LinkEvents() {}

    /**
     * Says that a rule is in force from here on.
     *
     * @param before the last event about a rule of that name, which keeps repeated ids apart; empty
     *     if there is none
     */
    public static AuditEvent rule(
            String service, Instant at, RuleDefinition definition, String before) {
        Rule rule = definition.rule();
        return AuditEvent.builder(service, RULE)
                .id("rule-" + Digest.hex(32, rule.name(), rule.version(), before))
                .occurredAt(at)
                .message("rule " + rule.name() + " is in force")
                .attribute("name", rule.name())
                .attribute("version", rule.version())
                .attribute("definition", definition.text())
                .build();
    }

    /** Says that a rule is no longer in force. */
    public static AuditEvent withdrawal(String service, Instant at, RuleDefinition definition) {
        String name = definition.rule().name();
        return AuditEvent.builder(service, RULE)
                .id("rule-" + Digest.hex(32, name, "withdrawn", definition.eventId()))
                .occurredAt(at)
                .message("rule " + name + " is withdrawn")
                .attribute("name", name)
                .attribute("version", definition.rule().version())
                .attribute("withdrawn", true)
                .build();
    }

    public static boolean isWithdrawal(AuditEvent event) {
        return event.attributes().get("withdrawn") instanceof AttributeValue.Flag(boolean yes)
                && yes;
    }

    /**
     * Reads a rule.
     *
     * @throws InvalidRuleException if its definition is not one
     */
    public static RuleDefinition definition(AuditEvent event) {
        String text = attribute(event, "definition");
        return RuleReader.readOne(event.id(), text).inForceBy(event.id());
    }

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
                        attribute(event, "cause"),
                        attribute(event, "effect"),
                        attribute(event, "type"),
                        confidence);
        return Optional.of(link).filter(each -> each.problems().isEmpty());
    }

    /** An attribute as text; empty if it is not there. */
    public static String attribute(AuditEvent event, String name) {
        AttributeValue value = event.attributes().get(name);
        return value == null ? "" : value.asText();
    }
}
