package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.DefinitionEvents;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.projection.EvictionEvents;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

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
    public static final String LINK = OwnWords.LINK;

    private static final String LINKS = "links";
    private static final String EVICTED_TOTAL = "evicted_events_total";

    private LinkEvents() {}

    /**
     * Says what the memory of links lost of one side, with the attributes {@code part} ({@code
     * links}), {@code rule} (empty for what senders say), {@code side}, {@code evicted_events}
     * since the last such event, {@code evicted_events_total}, {@code up_to} (the latest
     * occurred_at of them) and {@code max_remembered}.
     *
     * @param before how many of them were told earlier
     */
    public static AuditEvent eviction(
            String service, Instant at, EvictedSide side, long before, int maxRemembered) {
        Instant upTo = Times.ofEpochNanos(side.upTo());
        long events = side.events() - before;
        return EvictionEvents.of(service, LINKS, at, side.toString())
                .message(
                        "links may be missing: %d waiting events were evicted from %s, the latest of %s, to remember %d"
                                .formatted(events, side.name(), upTo, maxRemembered))
                .attribute("rule", side.name().rule())
                .attribute("side", side.name().side())
                .attribute("evicted_events", events)
                .attribute(EVICTED_TOTAL, side.events())
                .attribute("up_to", upTo.toString())
                .attribute("max_remembered", (long) maxRemembered)
                .build();
    }

    /** Reads the total of such an event; empty if it says something else. */
    public static Optional<EvictedSide> evicted(AuditEvent event) {
        OptionalLong total = EvictionEvents.count(event, EVICTED_TOTAL);
        Optional<Instant> upTo = Times.parse(event.attribute("up_to"));
        if (total.isEmpty()
                || upTo.isEmpty()
                || !event.attribute(EvictionEvents.PART).equals(LINKS)) {
            return Optional.empty();
        }
        EvictedSide.Name name =
                new EvictedSide.Name(event.attribute("rule"), event.attribute("side"));
        return Optional.of(
                new EvictedSide(name, total.getAsLong(), Times.toEpochNanos(upTo.get())));
    }

    /** The id is made of what is linked and how, so the same link is stored once. */
    public static AuditEvent link(String service, Instant at, ManualLink link) {
        return AuditEvent.own(service, LINK)
                .id(id(link.causeId(), link.effectId(), link.type()))
                .occurredAt(at)
                .message(link.causeId() + " caused " + link.effectId() + ": " + link.type())
                .attribute("cause", link.causeId())
                .attribute("effect", link.effectId())
                .attribute("type", link.type())
                .attribute("confidence", link.confidence())
                .build();
    }

    private static String id(String causeId, String effectId, String type) {
        return OwnWords.id("link-" + Digest.hex(32, causeId, effectId, type));
    }

    /**
     * The event that told a link; empty if the log has it no more, or not under an id that no door
     * takes.
     */
    static Optional<AuditEvent> teller(EventIndex index, Link link) {
        String id = id(link.causeId(), link.effectId(), link.rule());
        Optional<AuditEvent> event = index.byId(id);
        for (int number = 2; event.isPresent() && !tells(event.get(), link); number++) {
            event = index.byId(OwnWords.nextId(id, number));
        }
        return event;
    }

    private static boolean tells(AuditEvent event, Link link) {
        return event.type().equals(LINK)
                && !event.isPretended()
                && link(event).filter(told -> told.isOf(link)).isPresent();
    }

    /** Whether a version before, whose ids others could give as well, has noted a link. */
    public static boolean isToldAsBefore(EventIndex index, ManualLink link) {
        String id = OwnWords.formerId(id(link.causeId(), link.effectId(), link.type()));
        return index.byId(id)
                .filter(known -> known.type().equals(LINK) && !known.isPretended())
                .flatMap(LinkEvents::link)
                .filter(link::isSameBut)
                .isPresent();
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
