package io.tradingecosystem.audit.settings;

import io.tradingecosystem.audit.common.AddressBlock;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may do what.
 *
 * @param mode what a caller without credentials may do
 * @param metrics the same for {@code /metrics}
 * @param health the same for health and readiness; liveness is open in any case
 * @param hosts the names under which browsers reach this service, beside addresses, localhost and
 *     the name that the registry is told
 * @param tokens the file with the hashes of tokens; absent means none but the own one
 * @param roles what callers may do, by their name
 * @param services for which services callers may speak, by their name; {@code *} for all
 * @param certificates the names in client certificates (DNS, URI or address), by the caller's name
 * @param jwt which signed tokens are taken
 * @param peerAddresses the names, addresses and blocks of addresses ({@code 10.0.0.0/8}) of peers
 *     that are called; empty means all but those that are never
 * @param session how long who logs in to the page is known
 * @param failures how many failed attempts an address has in a minute before all of its attempts
 *     are refused at once
 * @param limits how much each caller may send
 * @param audit whether reads are recorded
 * @param auditRetention how long records of who asked what are kept
 * @param auditSize how many bytes of disk they may take
 */
public record AccessSettings(
        Mode mode,
        Mode metrics,
        Mode health,
        List<String> hosts,
        Optional<Path> tokens,
        Map<String, List<String>> roles,
        Map<String, List<String>> services,
        Map<String, List<String>> certificates,
        JwtSettings jwt,
        List<String> peerAddresses,
        SessionSettings session,
        int failures,
        LimitSettings limits,
        Audit audit,
        Duration auditRetention,
        long auditSize) {
    private static final long MIB = 1L << 20;

    /** A name whose last part is no number: that would be an address that is written wrong. */
    private static final Pattern NAME =
            Pattern.compile("([a-zA-Z0-9_-]+\\.)*(?!\\d+$)[a-zA-Z0-9_-]+");

    /** Copies lists and tables. */
    public AccessSettings {
        hosts = List.copyOf(hosts);
        roles = Map.copyOf(roles);
        services = Map.copyOf(services);
        certificates = Map.copyOf(certificates);
        peerAddresses = List.copyOf(peerAddresses);
    }

    /** What a caller without credentials may do. */
    public enum Mode {
        /** All but what defines what is right, and administration. */
        OPEN,
        /** Nothing. */
        REQUIRED
    }

    /** What is recorded of reads; acts and refusals are in any case. */
    public enum Audit {
        /** Nothing. */
        OFF,
        /** Who asked what, and how much was told; not what. */
        METADATA
    }

    static AccessSettings from(Section section) {
        Mode mode = section.choice("mode", Mode.OPEN);
        return new AccessSettings(
                mode,
                section.choice("metrics", Mode.OPEN),
                section.choice("health", Mode.OPEN),
                hosts(section),
                section.optionalText("tokens").map(Path::of),
                RoleTable.from(section, "roles"),
                section.table("services", Map.of()),
                section.table("certificates", Map.of()),
                JwtSettings.from(section.section("jwt")),
                peerAddresses(section),
                SessionSettings.from(section.section("session")),
                section.integer("failures", 60, 1, 1_000_000),
                LimitSettings.from(section.section("limits")),
                section.choice("audit", mode == Mode.OPEN ? Audit.OFF : Audit.METADATA),
                section.duration(
                        "audit-retention",
                        Duration.ofDays(90),
                        Duration.ofMinutes(1),
                        Duration.ofDays(36_500)),
                section.bytes("audit-size", 256 * MIB, MIB, 1L << 40));
    }

    private static List<String> peerAddresses(Section section) {
        List<String> all = section.texts("peer-addresses", List.of());
        all.stream()
                .filter(each -> !NAME.matcher(each).matches())
                .filter(each -> AddressBlock.parse(each).isEmpty())
                .forEach(
                        each ->
                                section.problem(
                                        "peer-addresses",
                                        each,
                                        "host names, addresses, or blocks of them like"
                                                + " 10.0.0.0/8"));
        return all;
    }

    private static List<String> hosts(Section section) {
        return section.texts("hosts", List.of()).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
    }
}
