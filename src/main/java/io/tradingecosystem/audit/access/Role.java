package io.tradingecosystem.audit.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may do. */
public enum Role {
    /** Gives events. */
    SEND,
    /** Asks for events, links, verdicts, and watches them. */
    READ,
    /** Says what is right: rules, expectations, links. */
    DEFINE,
    /** Asks how the service and its peers are: status, metrics, health. */
    OPERATE,
    /** Everything. */
    ADMIN;

    /** The name in settings and answers. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The roles with these names.
     *
     * @throws IllegalArgumentException if one is not the name of a role
     */
    static Set<Role> of(List<String> names) {
        return names.stream()
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
