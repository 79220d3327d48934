package io.tradingecosystem.audit.ingest;

import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.settings.IngestSettings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the settings say about events, as the event room understands it. */
final class IngestRules {
    private IngestRules() {}

    static EventLimits limits(IngestSettings settings) {
        IngestSettings.Limits limits = settings.limits();
        return new EventLimits(
                limits.idLength(),
                limits.nameLength(),
                limits.messageLength(),
                limits.attributes(),
                limits.attributeNameLength(),
                limits.attributeSize(),
                limits.attributeDepth(),
                limits.links(),
                limits.eventSize(),
                settings.future(),
                switch (settings.badTime()) {
                    case REFUSE -> EventLimits.BadTime.REFUSE;
                    case CLAMP -> EventLimits.BadTime.CLAMP;
                });
    }

    /** The names that everybody uses, with those of the settings beside and above them. */
    static EventAliases aliases(IngestSettings settings) {
        return EventAliases.of(
                merged(EventAliases.DEFAULT_NAMES, settings.names()),
                merged(EventAliases.DEFAULT_SERVICES, settings.services()));
    }

    /** A name that the settings give to something is no longer a name for anything else. */
    static Map<String, List<String>> merged(
            Map<String, List<String>> defaults, Map<String, List<String>> own) {
        Set<String> taken = new HashSet<>(own.keySet());
        own.values().forEach(taken::addAll);
        Map<String, List<String>> merged = new LinkedHashMap<>();
        defaults.forEach(
                (name, others) ->
                        merged.put(
                                name,
                                new ArrayList<>(
                                        others.stream().filter(o -> !taken.contains(o)).toList())));
        own.forEach(
                (name, others) ->
                        merged.computeIfAbsent(name, n -> new ArrayList<>()).addAll(others));
        return merged;
    }
}
