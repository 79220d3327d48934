package io.tradingecosystem.audit.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table with roles by names of the user's choice. */
final class RoleTable {
    private static final Set<String> ROLES = Set.of("send", "read", "define", "operate", "admin");

    private RoleTable() {}

    static Map<String, List<String>> from(Section section, String name) {
        Map<String, List<String>> table = section.table(name, Map.of());
        table.values().stream()
                .flatMap(List::stream)
                .filter(role -> !ROLES.contains(role))
                .forEach(
                        role ->
                                section.problem(
                                        name, role, "send, read, define, operate or admin"));
        return table;
    }
}
