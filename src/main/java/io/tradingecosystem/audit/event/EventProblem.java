package io.tradingecosystem.audit.event;

import io.tradingecosystem.audit.common.PrintableText;

/**
 * Why one event was not taken.
 *
 * @param reason the named error
 * @param text a sentence for the sender: what was wrong, where, what is allowed
 */
public record EventProblem(Reason reason, String text) {
    /** What the text quotes of the event is made printable. */
    public EventProblem {
        text = PrintableText.line(text);
    }

    /** The named errors; each is a limit or a rule that an event broke. */
    public enum Reason {
        /** It is not an event at all, such as a line that is not JSON. */
        MALFORMED,
        /** A known field has a value of the wrong kind. */
        BAD_FIELD,
        /** A required field is missing or empty. */
        MISSING_FIELD,
        /** A time that cannot be read. */
        BAD_TIME,
        /** A duration that cannot be read, or is negative. */
        BAD_DURATION,
        /** A trace or span id that is not the right number of hex digits, or all zeros. */
        BAD_TRACE_CONTEXT,
        /** The time lies further ahead than the limit allows. */
        FUTURE_TIME,
        /** The time lies before the year 2000. */
        PAST_TIME,
        /** The id is too long, or has characters that are not printable. */
        ID_SIZE,
        /** A service, instance, type, correlation id or scenario id is too long. */
        NAME_SIZE,
        /** The message is too long. */
        MESSAGE_SIZE,
        /** Too many attributes. */
        ATTRIBUTE_COUNT,
        /** An attribute's name is empty or too long. */
        ATTRIBUTE_NAME_SIZE,
        /** An attribute's value is too large. */
        ATTRIBUTE_SIZE,
        /** An attribute's value is nested too deeply. */
        ATTRIBUTE_DEPTH,
        /** Too many links. */
        LINK_COUNT,
        /** The event as a whole is too large. */
        EVENT_SIZE,
        /** The sender may not speak for the service of the event. */
        FOREIGN_SERVICE,
        /** The type is one in which only the correlator itself speaks. */
        RESERVED_TYPE,
        /** The id begins as only the correlator's own do. */
        RESERVED_ID,
        /** As the log is damaged, it cannot be told whether it has the event. */
        LOG_DAMAGED
    }
}
