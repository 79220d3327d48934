package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The definitions of a kind that are in force, as events of the log put them in force and withdraw
 * them. For one thread; a {@link #copy} that nobody changes may be read by any.
 *
 * @param <T> what is defined
 */
public final class DefinitionsInForce<T extends Defined> {
    private final NavigableMap<String, Definition<T>> inForce = new TreeMap<>();
    private final Map<String, String> withdrawn = new TreeMap<>();

    /** As they are now, whatever changes later. */
    public DefinitionsInForce<T> copy() {
        DefinitionsInForce<T> copy = new DefinitionsInForce<>();
        copy.inForce.putAll(inForce);
        copy.withdrawn.putAll(withdrawn);
        return copy;
    }

    public void put(Definition<T> definition) {
        inForce.put(definition.name(), definition);
        withdrawn.remove(definition.name());
    }

    public void withdraw(String name, String eventId) {
        inForce.remove(name);
        withdrawn.put(name, eventId);
    }

    /** Those in force, by name. */
    public Collection<Definition<T>> all() {
        return inForce.values();
    }

    public Optional<Definition<T>> find(String name) {
        return Optional.ofNullable(inForce.get(name));
    }

    public int size() {
        return inForce.size();
    }

    /** The last event about a definition with a name; empty if there was none. */
    public String lastEvent(String name) {
        return find(name).map(Definition::eventId).orElse(withdrawn.getOrDefault(name, ""));
    }

    /**
     * The events that put in force what files say, and nothing else of files.
     *
     * @param service our own name
     * @param wanted what the files say
     * @param complete whether that is all; what a file says that has nothing just now stays
     */
    public List<AuditEvent> changes(
            DefinitionEvents<T> events,
            String service,
            Instant now,
            List<Definition<T>> wanted,
            boolean complete) {
        Map<String, Definition<T>> left = new TreeMap<>(inForce);
        left.values().removeIf(definition -> !definition.isFromFile());
        List<AuditEvent> changes = new ArrayList<>();
        for (Definition<T> definition : wanted) {
            String name = definition.name();
            left.remove(name);
            if (!find(name).map(definition::saysTheSameAs).orElse(false)) {
                changes.add(events.inForce(service, now, definition, lastEvent(name)));
            }
        }
        if (complete) {
            left.values().forEach(gone -> changes.add(events.withdrawal(service, now, gone)));
        }
        return changes;
    }
}
