package io.tradingecosystem.audit.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The expectations in force, and the older versions under which windows were opened. For one
 * thread.
 */
final class Definitions {
    private static final int MOST_VERSIONS = 1_000;

    private final Map<String, Definition> inForce = new TreeMap<>();
    private final Map<String, Definition> versions =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Definition> eldest) {
                    return size() > MOST_VERSIONS;
                }
            };

    /**
     * An expectation with its source.
     *
     * @param expectation what it says
     * @param text its definition as JSON
     * @param origin {@code file} or {@code api}
     * @param eventId the event that put it in force
     */
    record Definition(Expectation expectation, String text, String origin, String eventId) {}

    void put(Definition definition) {
        remember(definition);
        inForce.put(definition.expectation().name(), definition);
    }

    /** Knows a version without putting it in force. */
    void remember(Definition definition) {
        Expectation expectation = definition.expectation();
        versions.put(expectation.name() + "@" + expectation.version(), definition);
    }

    void withdraw(String name) {
        inForce.remove(name);
    }

    Collection<Definition> inForce() {
        return inForce.values();
    }

    Optional<Definition> inForce(String name) {
        return Optional.ofNullable(inForce.get(name));
    }

    Optional<Expectation> version(String name, String version) {
        return Optional.ofNullable(versions.get(name + "@" + version)).map(Definition::expectation);
    }

    /** Every version that is known, in force or not. */
    List<Expectation> all() {
        List<Expectation> all = new ArrayList<>();
        versions.values().forEach(definition -> all.add(definition.expectation()));
        return all;
    }
}
