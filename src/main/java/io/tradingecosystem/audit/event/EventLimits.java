package io.tradingecosystem.audit.event;

import java.time.Duration;

/**
 * The bounds of one event. Sizes are in characters for texts and in bytes for attributes and the
 * whole; the size of an attribute counts texts and bytes as they are, numbers as eight, and the
 * names and values within it.
 *
 * @param idLength of an event's own id and of its cause id
 * @param nameLength of service, instance, type, correlation id and scenario id
 * @param messageLength of the message
 * @param attributes how many attributes
 * @param attributeNameLength of an attribute's name
 * @param attributeSize of one attribute's value
 * @param attributeDepth how deeply lists and maps may be nested
 * @param links how many links
 * @param eventSize of all texts, attributes and links together
 * @param future how far occurred_at may lie ahead of our clock
 * @param badTime what becomes of an event whose time is out of bounds
 */
public record EventLimits(
        int idLength,
        int nameLength,
        int messageLength,
        int attributes,
        int attributeNameLength,
        int attributeSize,
        int attributeDepth,
        int links,
        int eventSize,
        Duration future,
        BadTime badTime) {

    /** Generous for facts, too small for files. */
    public static final EventLimits DEFAULT =
            new EventLimits(
                    128,
                    256,
                    32_768,
                    256,
                    256,
                    65_536,
                    16,
                    256,
                    262_144,
                    Duration.ofHours(1),
                    BadTime.REFUSE);

    /** What becomes of an event whose time lies before 2000 or too far ahead. */
    public enum BadTime {
        /** It is refused, by name. */
        REFUSE,
        /**
         * It is stored with the nearest time in bounds; the time that was reported is kept as the
         * attribute {@value Admission#REPORTED_TIME}, and the sender hears of it.
         */
        CLAMP
    }
}
