package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.ValueKey;

import java.util.Optional;

/**
 * A name for an attribute of the trigger, as {@code let} gives it.
 *
 * @param name by which it is used
 * @param attribute of the trigger
 */
public record Variable(String name, EventName attribute) {
    /** No number, duration or count is longer. */
    static final int MAX_LENGTH = 64;

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
        return of(event)
                .map(
                        text ->
                                text.length() > MAX_LENGTH
                                        ? text.substring(0, MAX_LENGTH) + "…"
                                        : text);
    }
}
