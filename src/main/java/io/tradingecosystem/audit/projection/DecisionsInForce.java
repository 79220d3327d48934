package io.tradingecosystem.audit.projection;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * By which settings and semantics a kind of thing is decided, as events of the log say, each from
 * its position on. It stands in the follower's projection, in the table {@link #TABLE}, and becomes
 * durable with the rest of a transaction. For one thread.
 */
public final class DecisionsInForce {
    /** The table: by position, what an event said. */
    public static final char TABLE = 'z';

    private static final EventLogger LOG = EventLogger.of(DecisionsInForce.class);

    private final DecisionKind kind;
    private final StoreTransaction transaction;
    private final NavigableMap<Long, Settings> settings = new TreeMap<>();
    private final NavigableMap<Long, Semantics> semantics = new TreeMap<>();

    private record Settings(String eventId, DecisionSettings values) {}

    private record Semantics(String eventId, int number) {}

    /** What was in force with the last commit. */
    public DecisionsInForce(DecisionKind kind, StoreTransaction transaction) {
        this.kind = requireNonNull(kind, "kind is null");
        this.transaction = requireNonNull(transaction, "transaction is null");
        transaction.scan(
                TABLE,
                (key, value) -> {
                    recall(KeyReader.of(key).number(), JsonRecord.read(value));
                    return true;
                });
    }

    /** The settings in force; absent if the log did not say any. */
    public Optional<DecisionSettings> settings() {
        return last(settings).map(Settings::values);
    }

    /** The semantics in force. */
    public int semantics() {
        return semanticsAt(Long.MAX_VALUE);
    }

    /** The semantics that were in force for the event at a position. */
    public int semanticsAt(long position) {
        Map.Entry<Long, Semantics> entry = semantics.lowerEntry(position);
        return entry == null ? DecisionKind.FIRST_SEMANTICS : entry.getValue().number();
    }

    /** Whether this program decides as it was decided for the event at a position. */
    public boolean isComparable(long position) {
        return semanticsAt(position) == kind.semantics();
    }

    /**
     * Where the semantics that were in force for a position came into force; 0 if they always were.
     */
    public long semanticsSince(long position) {
        int number = semanticsAt(position);
        long since = position;
        while (since > 0 && semanticsAt(since) == number) {
            since = Optional.ofNullable(semantics.lowerKey(since)).orElse(0L);
        }
        return since;
    }

    /** Takes in an event that says by what is decided; one that makes no sense is left out. */
    public void accept(AuditEvent event) {
        switch (event.type()) {
            case DecisionEvents.SETTINGS -> acceptSettings(event);
            case DecisionEvents.SEMANTICS -> acceptSemantics(event);
            default -> throw new IllegalArgumentException(event.type() + " decides nothing");
        }
    }

    private void acceptSettings(AuditEvent event) {
        DecisionSettings said = DecisionEvents.settings(event, kind.section());
        if (said.values().isEmpty()) {
            return;
        }
        DecisionSettings all = settings().orElse(DecisionSettings.of(kind.section()));
        DecisionSettings now = all.with(said.values());
        if (kind.sensible().test(now)) {
            put(event.position(), new Settings(event.id(), now));
        } else {
            LOG.warn("settings.refused", "event", event.id(), "values", said.values());
        }
    }

    private void acceptSemantics(AuditEvent event) {
        OptionalInt number = DecisionEvents.semantics(event, kind.outcome());
        if (number.isPresent()) {
            put(event.position(), new Semantics(event.id(), number.getAsInt()));
        } else if (event.attributes().containsKey(kind.outcome())) {
            LOG.warn("semantics.refused", "event", event.id());
        }
    }

    /** Takes over what others have of events before the log begins. */
    public void inherit(DecisionsInForce others, long first) {
        last(others.settings.headMap(first))
                .ifPresent(each -> put(others.settings.lowerKey(first), each));
        others.semantics.headMap(first).forEach(this::put);
    }

    /** Forgets settings that were replaced before the log begins. */
    public void drop(long first) {
        Long last = settings.lowerKey(first);
        if (last != null) {
            List<Long> replaced = List.copyOf(settings.headMap(last).keySet());
            replaced.forEach(position -> transaction.delete(key(position)));
            settings.keySet().removeAll(replaced);
        }
    }

    /**
     * The events that put settings and this program's semantics in force where they are not.
     *
     * @param service our own name
     */
    List<AuditEvent> changes(String service, Instant now, DecisionSettings wanted) {
        List<AuditEvent> changes = new ArrayList<>();
        if (last(semantics).isEmpty() || semantics() != kind.semantics()) {
            String before = last(semantics).map(Semantics::eventId).orElse("");
            changes.add(DecisionEvents.semantics(service, now, kind, before));
        }
        if (!settings().map(each -> each.covers(wanted)).orElse(false)) {
            String before = last(settings).map(Settings::eventId).orElse("");
            changes.add(DecisionEvents.settings(service, now, wanted, before));
        }
        return changes;
    }

    private static <V> Optional<V> last(SortedMap<Long, V> entries) {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.lastEntry().getValue());
    }

    private void put(long position, Settings entry) {
        settings.put(position, entry);
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        entry.values().values().forEach(values::put);
        transaction.put(key(position), record(entry.eventId()).set("settings", values));
    }

    private void put(long position, Semantics entry) {
        semantics.put(position, entry);
        transaction.put(key(position), record(entry.eventId()).put("semantics", entry.number()));
    }

    private static ObjectNode record(String eventId) {
        return JsonNodeFactory.instance.objectNode().put("event_id", eventId);
    }

    private static byte[] key(long position) {
        return KeyBuilder.of(TABLE).number(position).bytes();
    }

    private void recall(long position, JsonNode record) {
        String eventId = JsonRecord.text(record, "event_id");
        if (record.has("semantics")) {
            int number = (int) JsonRecord.number(record, "semantics");
            semantics.put(position, new Semantics(eventId, number));
            return;
        }
        SortedMap<String, String> values = new TreeMap<>();
        record.required("settings")
                .properties()
                .forEach(each -> values.put(each.getKey(), each.getValue().textValue()));
        settings.put(position, new Settings(eventId, new DecisionSettings(kind.section(), values)));
    }
}
