package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.DefinitionsInForce;
import io.tradingecosystem.audit.definition.Dispatch;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.DefinitionJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The expectations in force, as events of the log define and withdraw them, and the older versions
 * under which windows were opened. For one thread.
 */
final class Expectations {
    private static final EventLogger LOG = EventLogger.of(Expectations.class);
    private static final int MAX_VERSIONS = 1_000;

    private final VerdictStoreWriter writer;
    private final DefinitionsInForce<Expectation> inForce = new DefinitionsInForce<>();
    private final Map<String, Definition<Expectation>> versions =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<String, Definition<Expectation>> eldest) {
                    return size() > MAX_VERSIONS;
                }
            };

    private Dispatch<Sought> parts = Dispatch.of(List.of(), Sought::pattern);
    private Dispatch<Expectation> triggers = Dispatch.of(List.of(), Expectation::trigger);
    private boolean redefined;
    private long refused;

    /** The expectations as they were with the last commit. */
    Expectations(VerdictStoreWriter writer) {
        this.writer = writer;
        writer.scan(
                'h',
                (key, value) -> {
                    recall(value).ifPresent(this::remember);
                    return true;
                });
        writer.scan(
                'x',
                (key, value) -> {
                    recall(value).ifPresentOrElse(this::add, () -> refused++);
                    return true;
                });
        writer.scan(
                'y',
                (key, value) -> {
                    String eventId = JsonRecord.text(JsonRecord.read(value), "event_id");
                    inForce.withdraw(VerdictKeys.text(key), eventId);
                    return true;
                });
    }

    /** What an earlier version put in force; absent if this one cannot understand it. */
    private static Optional<Definition<Expectation>> recall(byte[] stored) {
        try {
            return Optional.of(DefinitionJson.definition(JsonRecord.read(stored)));
        } catch (InvalidDefinitionException e) {
            LOG.warn("expectation.refused", "reason", e.problems());
            return Optional.empty();
        }
    }

    /** A part of an expectation, by its place among {@link Expectation#parts()}. */
    record Sought(Expectation expectation, int part, EventPattern pattern) {}

    /** The expectations in force. */
    DefinitionsInForce<Expectation> inForce() {
        return inForce;
    }

    /** How many expectations of the log could not be read. */
    long refused() {
        return refused;
    }

    /** A version that is or was in force. */
    Expectation version(String name, String version) {
        return inForce.find(name)
                .filter(definition -> definition.version().equals(version))
                .or(() -> Optional.ofNullable(versions.get(name + "@" + version)))
                .or(
                        () ->
                                writer.get(VerdictKeys.definition(name, version))
                                        .map(DefinitionJson::definition))
                .map(Definition::content)
                .orElseThrow();
    }

    /** The longest that an occurrence is watched by any version that is known. */
    Duration longest() {
        return known().stream()
                .map(definition -> definition.content().within())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** What an event of a type may be a sighting of, by any version that is known. */
    List<Sought> soughtBy(String type) {
        sort();
        return parts.to(type);
    }

    /** The expectations in force that an event of a type may be the trigger of. */
    List<Expectation> triggeredBy(String type) {
        sort();
        return triggers.to(type);
    }

    /** Takes in an event about an expectation. */
    void define(AuditEvent event) {
        if (VerdictEvents.EXPECTATIONS.isWithdrawal(event)) {
            withdraw(VerdictEvents.EXPECTATIONS.name(event), event.id());
            return;
        }
        try {
            put(VerdictEvents.EXPECTATIONS.definition(event));
        } catch (InvalidDefinitionException e) {
            refused++;
            LOG.warn("expectation.refused", "event", event.id(), "reason", e.problems());
        }
    }

    /** Puts an expectation in force, also one whose event is no longer in the log. */
    void put(Definition<Expectation> definition) {
        add(definition);
        var stored = DefinitionJson.toJson(definition);
        writer.put(VerdictKeys.inForce(definition.name()), stored);
        writer.delete(VerdictKeys.withdrawn(definition.name()));
        writer.put(VerdictKeys.definition(definition.name(), definition.version()), stored);
    }

    private void withdraw(String name, String eventId) {
        inForce.withdraw(name, eventId);
        redefined = true;
        writer.delete(VerdictKeys.inForce(name));
        writer.put(VerdictKeys.withdrawn(name), DefinitionJson.withdrawal(eventId));
    }

    private void add(Definition<Expectation> definition) {
        remember(definition);
        inForce.put(definition);
    }

    /** Knows a version without putting it in force. */
    private void remember(Definition<Expectation> definition) {
        versions.put(definition.name() + "@" + definition.version(), definition);
        redefined = true;
    }

    /** However many versions there are, those in force are known. */
    private Set<Definition<Expectation>> known() {
        Set<Definition<Expectation>> known = new LinkedHashSet<>(versions.values());
        known.addAll(inForce.all());
        return known;
    }

    /** Definitions change in bursts, and are sorted when the burst is over. */
    private void sort() {
        if (!redefined) {
            return;
        }
        List<Sought> sought = new ArrayList<>();
        for (Definition<Expectation> definition : known()) {
            Expectation expectation = definition.content();
            List<Part> looked = expectation.parts();
            for (int part = 0; part < looked.size(); part++) {
                sought.add(new Sought(expectation, part, looked.get(part).pattern()));
            }
        }
        List<Expectation> watched = inForce.all().stream().map(Definition::content).toList();
        parts = Dispatch.of(sought, Sought::pattern);
        triggers = Dispatch.of(watched, Expectation::trigger);
        redefined = false;
    }
}
