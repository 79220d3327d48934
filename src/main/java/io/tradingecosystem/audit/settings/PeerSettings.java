package io.tradingecosystem.audit.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which services are called, and how. Whatever stands under {@code defaults} can be set for one
 * known peer under its name.
 *
 * @param known the peers whose health is watched, by their names in the registry
 * @param defaults how a peer is called of which nothing else is said
 * @param policies how each known peer is called
 * @param riskInstrument the instrument whose metrics the risk monitor is asked for, where the
 *     caller names none
 */
public record PeerSettings(
        List<String> known,
        PeerPolicy defaults,
        Map<String, PeerPolicy> policies,
        Optional<String> riskInstrument) {
    private static final List<String> ECOSYSTEM = List.of("risk-monitor", "trading-system-engine");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> RESERVED = Set.of("known", "defaults", "risk-instrument");
    private static final int MAX = 32;

    public PeerSettings {
        known = List.copyOf(known);
        policies = Map.copyOf(policies);
    }

    /** How a peer is called. */
    public PeerPolicy policy(String peer) {
        return policies.getOrDefault(peer, defaults);
    }

    static PeerSettings from(Section section) {
        Set<String> known = new TreeSet<>();
        for (String name : section.texts("known", ECOSYSTEM)) {
            if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
                section.problem("known", name, "names of services, as DNS labels");
            } else if (known.size() == MAX) {
                section.problem("known", name, "at most " + MAX + " names");
            } else {
                known.add(name);
            }
        }
        PeerPolicy defaults = PeerPolicy.from(section.section("defaults"), PeerPolicy.defaults());
        Map<String, PeerPolicy> policies = new LinkedHashMap<>();
        known.forEach(name -> policies.put(name, PeerPolicy.from(section.section(name), defaults)));
        return new PeerSettings(
                List.copyOf(known),
                defaults,
                policies,
                Optional.of(section.text("risk-instrument", "")).filter(text -> !text.isBlank()));
    }
}
