package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.ValueKey;

import java.util.Optional;

/**
 * A name for an attribute of the trigger, or of what met an effect, as {@code let} gives it.
 *
 * @param name by which it is used
 * @param effect whose it is; empty for the trigger
 * @param attribute of the event
 */
public record Variable(String name, String effect, EventName attribute) {
    /** No number, duration or count is longer. */
    private static final int MAX_LENGTH = 64;

    private static final String MORE = "…";

    /** Whether it is of the trigger. */
    public boolean isOfTrigger() {
        return effect.isEmpty();
    }

    /** Whose it is, for people. */
    String owner() {
        return isOfTrigger() ? "the trigger" : effect;
    }

    /** Whether the value of an event, if it has one, can be told by its text. */
    public boolean isPlainIn(AuditEvent event) {
        return attribute
                .of(event)
                .filter(
                        value ->
                                value instanceof AttributeValue.Bytes
                                        || value instanceof AttributeValue.Sequence
                                        || value instanceof AttributeValue.Mapping)
                .isEmpty();
    }

    /**
     * The value that an event has, as a text: what is neither a number, a text, true nor false is
     * none that anything could be read from.
     *
     * @return empty if it has none
     */
    public Optional<String> of(AuditEvent event) {
        return attribute.of(event).map(Variable::text).filter(text -> !text.isEmpty());
    }

    private static String text(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Empty empty -> "";
            case AttributeValue.Text text -> text.value();
            case AttributeValue.Whole whole -> ValueKey.asText(whole);
            case AttributeValue.Real real -> ValueKey.asText(real);
            case AttributeValue.Flag flag -> ValueKey.asText(flag);
            case AttributeValue.Bytes bytes -> "bytes";
            case AttributeValue.Sequence list -> "a list";
            case AttributeValue.Mapping mapping -> "a mapping";
        };
    }

    /** The same, no longer than what is worth keeping. */
    Optional<String> kept(AuditEvent event) {
        return of(event).map(Variable::shown);
    }

    /** Whether a text may be a number, a duration or a count. */
    static boolean isShort(String text) {
        return text.length() <= MAX_LENGTH;
    }

    /** A text as people are shown it. */
    static String shown(String text) {
        return isShort(text) || text.endsWith(MORE) ? text : text.substring(0, MAX_LENGTH) + MORE;
    }
}
