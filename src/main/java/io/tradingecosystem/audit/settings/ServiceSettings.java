package io.tradingecosystem.audit.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who this service is.
 *
 * @param name the kind of service, as others look it up
 * @param instance this copy's name, a DNS label; made from name, host and port where absent
 * @param version the version it announces
 * @param environment such as {@code development} or {@code production}
 */
public record ServiceSettings(
        String name, Optional<String> instance, String version, String environment) {
    private static final Pattern DNS_LABEL =
            Pattern.compile("(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final String DNS_LABEL_IN_WORDS =
            "a DNS label: at most 63 of a-z, 0-9 and -, not at either end";
    private static final Pattern UNSET_OR_DNS_LABEL = Pattern.compile("|" + DNS_LABEL.pattern());

    static ServiceSettings from(Section section) {
        return new ServiceSettings(
                section.text("name", "audit-correlator", DNS_LABEL, DNS_LABEL_IN_WORDS),
                Optional.of(section.text("instance", "", UNSET_OR_DNS_LABEL, DNS_LABEL_IN_WORDS))
                        .filter(name -> !name.isEmpty()),
                section.text("version", "1.0.0"),
                section.text("environment", "development"));
    }
}
