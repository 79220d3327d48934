package io.tradingecosystem.audit.projection;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.OwnWords;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The events that say by what is decided from there on. Whoever reads the log again decides by the
 * same.
 */
public final class DecisionEvents {
    /**
     * Settings that decide, as attributes with the settings' names, such as {@code
     * correlation.clock-skew}. A setting that is not named stays as it was.
     */
    public static final String SETTINGS = OwnWords.SETTINGS;

    /** The number of the semantics, as an attribute {@code links} or {@code verdicts}. */
    public static final String SEMANTICS = OwnWords.SEMANTICS;

    private static final int ID_DIGITS = 32;
    private static final int MAX_SEMANTICS = 1_000_000;

    private DecisionEvents() {}

    /**
     * Whether an event says by what is decided; none of those is evidence, a trigger or a cause.
     */
    public static boolean isOwn(AuditEvent event) {
        return event.type().equals(SETTINGS) || event.type().equals(SEMANTICS);
    }

    /**
     * Says that settings are in force from here on.
     *
     * @param before the last such event of the section, which keeps repeated ids apart; empty if
     *     there is none
     */
    static AuditEvent settings(
            String service, Instant at, DecisionSettings settings, String before) {
        String section = settings.section();
        AuditEventBuilder event =
                AuditEvent.own(service, SETTINGS)
                        .id(id("settings", section, settings.values().toString(), before))
                        .occurredAt(at)
                        .message("settings of " + section + " in force: " + settings.values());
        settings.values().forEach((name, value) -> event.attribute(section + "." + name, value));
        return event.build();
    }

    /** Says that this program's semantics are in force from here on. */
    static AuditEvent semantics(String service, Instant at, DecisionKind kind, String before) {
        return AuditEvent.own(service, SEMANTICS)
                .id(id("semantics", kind.outcome(), "" + kind.semantics(), before))
                .occurredAt(at)
                .message(kind.outcome() + " are made by semantics " + kind.semantics())
                .attribute(kind.outcome(), (long) kind.semantics())
                .build();
    }

    private static String id(String what, String... parts) {
        return OwnWords.id(what + "-" + Digest.hex(ID_DIGITS, what, String.join("\n", parts)));
    }

    /** What an event says of a section; no values if nothing. */
    static DecisionSettings settings(AuditEvent event, String section) {
        String prefix = section + ".";
        SortedMap<String, String> values = new TreeMap<>();
        event.attributes()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith(prefix)) {
                                values.put(name.substring(prefix.length()), value.asText());
                            }
                        });
        return new DecisionSettings(section, values);
    }

    /** What an event says of semantics; empty if nothing, or nothing that makes sense. */
    static OptionalInt semantics(AuditEvent event, String outcome) {
        return event.attributes().get(outcome) instanceof AttributeValue.Whole(long number)
                        && number >= 1
                        && number <= MAX_SEMANTICS
                ? OptionalInt.of((int) number)
                : OptionalInt.empty();
    }
}
