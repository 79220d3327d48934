package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.ValueKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a cause and its effect have in common: a word of the event's own, such as {@code
 * scenario_id}, or an attribute. Values of attributes are compared by {@link ValueKey}; where one
 * of the two is an event's own word, as texts, for these are no numbers. Immutable.
 *
 * @param cause its name on the side of the cause
 * @param effect its name on the side of the effect
 * @param isText whether values are compared as texts, whatever numbers they are
 */
public record JoinKey(EventName cause, EventName effect, boolean isText) {
    private static final String ALLOWED = "an attribute, or one of the event's ids and names";

    /** Compared as the two names have it. */
    public JoinKey(EventName cause, EventName effect) {
        this(cause, effect, cause.isOwn() || effect.isOwn());
    }

    /** Names as somebody wrote them. */
    public JoinKey(String cause, String effect) {
        this(EventName.of(cause), EventName.of(effect));
    }

    /** The same name on both sides. */
    public static JoinKey of(String name) {
        return new JoinKey(name, name);
    }

    /** What two causes share that wait for the same effects. */
    public JoinKey ofCauses() {
        return new JoinKey(cause, cause, isText);
    }

    /** The cause's value; empty if it has none. */
    public Optional<String> ofCause(AuditEvent event) {
        return key(cause, event);
    }

    /** The effect's value; empty if it has none. */
    public Optional<String> ofEffect(AuditEvent event) {
        return key(effect, event);
    }

    /** The cause's value as it is written, by which the store is asked; empty if it has none. */
    public Optional<String> textOfCause(AuditEvent event) {
        return text(cause, event);
    }

    /** The effect's value as it is written, by which the store is asked; empty if it has none. */
    public Optional<String> textOfEffect(AuditEvent event) {
        return text(effect, event);
    }

    /** Whether both sides have the key, with the same value. */
    public boolean joins(AuditEvent causeEvent, AuditEvent effectEvent) {
        Optional<String> value = ofCause(causeEvent);
        return value.isPresent() && value.equals(ofEffect(effectEvent));
    }

    /** Reads the list {@code join}: names, or mappings with {@code cause} and {@code effect}. */
    public static List<JoinKey> read(DefinitionNode node) {
        return read(node, "join");
    }

    /** Reads such a list of another name. */
    public static List<JoinKey> read(DefinitionNode node, String list) {
        List<JoinKey> keys = new ArrayList<>();
        for (DefinitionNode each : node.children(list)) {
            if (each.isText()) {
                keys.add(of(each.asText()));
            } else {
                keys.add(new JoinKey(each.text("cause"), each.text("effect")));
                each.finish();
            }
        }
        keys.stream().filter(key -> !key.canJoin()).forEach(key -> refuse(node, list, key));
        return keys;
    }

    private static void refuse(DefinitionNode node, String list, JoinKey key) {
        node.limit(list, "has " + key.cause.written() + ", which no two events share", ALLOWED);
    }

    private boolean canJoin() {
        return cause.canBeShared() && effect.canBeShared() && cause.mayEqual(effect);
    }

    private Optional<String> key(EventName name, AuditEvent event) {
        Optional<AttributeValue> value = name.of(event);
        return isText
                ? value.map(ValueKey::asText).filter(text -> !text.isEmpty())
                : value.map(ValueKey::of).filter(text -> !text.isEmpty());
    }

    private static Optional<String> text(EventName name, AuditEvent event) {
        return name.of(event).map(ValueKey::asText).filter(text -> !text.isEmpty());
    }
}
