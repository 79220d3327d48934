package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.access.Caller.Kind;
import io.tradingecosystem.audit.settings.AccessSettings;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the settings say of callers: their roles, and for whom they may speak. A caller speaks for
 * the service of its own name where nothing is said. Thread-safe.
 */
final class CallerDirectory {
    private final Map<String, Set<Role>> roles = new HashMap<>();
    private final Map<String, List<String>> services;

    CallerDirectory(AccessSettings settings) {
        settings.roles().forEach((name, allowed) -> roles.put(name, Role.of(allowed)));
        this.services = settings.services();
    }

    /** The caller of a name. */
    Caller caller(String name, Kind kind) {
        return caller(name, kind, Set.of(), List.of());
    }

    /** The same with more, that its credentials say. */
    Caller caller(String name, Kind kind, Set<Role> moreRoles, List<String> moreServices) {
        Set<Role> all = new HashSet<>(roles.getOrDefault(name, Set.of()));
        all.addAll(moreRoles);
        Set<String> spoken = new HashSet<>(services.getOrDefault(name, List.of()));
        spoken.addAll(moreServices);
        return new Caller(name, kind, all, spoken.isEmpty() ? Set.of(name) : spoken);
    }
}
