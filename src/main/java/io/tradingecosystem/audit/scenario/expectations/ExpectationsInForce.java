package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.Dispatch;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The expectations in force, and the older versions under which windows were opened. For one
 * thread.
 */
public final class ExpectationsInForce {
    private static final int MAX_VERSIONS = 1_000;

    private final Map<String, Definition> inForce = new TreeMap<>();
    private final Map<String, String> withdrawn = new TreeMap<>();
    private final Map<String, Definition> versions =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Definition> eldest) {
                    return size() > MAX_VERSIONS;
                }
            };

    private Dispatch<Sought> parts = Dispatch.of(List.of(), Sought::pattern);
    private Dispatch<Expectation> triggers = Dispatch.of(List.of(), Expectation::trigger);
    private boolean redefined;

    /** A part of an expectation, by its place among {@link Expectation#parts()}. */
    public record Sought(Expectation expectation, int part, EventPattern pattern) {}

    /**
     * An expectation with its source.
     *
     * @param expectation what it says
     * @param text its definition as JSON
     * @param origin {@code file} or {@code api}
     * @param eventId the event that put it in force
     */
    public record Definition(Expectation expectation, String text, String origin, String eventId) {}

    public void put(Definition definition) {
        remember(definition);
        inForce.put(definition.expectation().name(), definition);
        withdrawn.remove(definition.expectation().name());
    }

    /** Knows a version without putting it in force. */
    public void remember(Definition definition) {
        Expectation expectation = definition.expectation();
        versions.put(expectation.name() + "@" + expectation.version(), definition);
        redefined = true;
    }

    public void withdraw(String name, String eventId) {
        inForce.remove(name);
        withdrawn.put(name, eventId);
        redefined = true;
    }

    /** The events that withdrew expectations, by their names. */
    public Map<String, String> withdrawn() {
        return withdrawn;
    }

    public Collection<Definition> inForce() {
        return inForce.values();
    }

    public Optional<Definition> inForce(String name) {
        return Optional.ofNullable(inForce.get(name));
    }

    public Optional<Expectation> version(String name, String version) {
        return inForce(name)
                .filter(definition -> definition.expectation().version().equals(version))
                .or(() -> Optional.ofNullable(versions.get(name + "@" + version)))
                .map(Definition::expectation);
    }

    /** The longest that an occurrence is watched by any version that is known. */
    public Duration longest() {
        return known().stream()
                .map(definition -> definition.expectation().within())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** What an event of a type may be a sighting of, by any version that is known. */
    public List<Sought> soughtBy(String type) {
        sort();
        return parts.to(type);
    }

    /** The expectations in force that an event of a type may be the trigger of. */
    public List<Expectation> triggeredBy(String type) {
        sort();
        return triggers.to(type);
    }

    /** However many versions there are, those in force are known. */
    private Set<Definition> known() {
        Set<Definition> known = new LinkedHashSet<>(versions.values());
        known.addAll(inForce.values());
        return known;
    }

    /** Definitions change in bursts, and are sorted when the burst is over. */
    private void sort() {
        if (!redefined) {
            return;
        }
        List<Sought> sought = new ArrayList<>();
        for (Definition definition : known()) {
            Expectation expectation = definition.expectation();
            List<Part> looked = expectation.parts();
            for (int part = 0; part < looked.size(); part++) {
                sought.add(new Sought(expectation, part, looked.get(part).pattern()));
            }
        }
        List<Expectation> watched = inForce.values().stream().map(Definition::expectation).toList();
        parts = Dispatch.of(sought, Sought::pattern);
        triggers = Dispatch.of(watched, Expectation::trigger);
        redefined = false;
    }
}
