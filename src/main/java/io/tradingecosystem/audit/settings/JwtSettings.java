package io.tradingecosystem.audit.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which JSON Web Tokens are taken (RFC 7519). None while there are no keys.
 *
 * @param keys where the issuer's public keys are, as a JSON Web Key Set (RFC 7517): a file, or an
 *     address with {@code http} or {@code https}
 * @param issuer who must have issued them
 * @param audience for whom they must be
 * @param skew by how much the issuer's clock may differ
 * @param refresh how long the keys are used before they are looked at again
 * @param nameClaim the claim with the caller's name
 * @param rolesClaim the claim with roles, a list or words separated by spaces
 * @param servicesClaim the claim with the services that the caller may speak for
 * @param roles what the values of {@code rolesClaim} allow; values without an entry allow nothing
 */
public record JwtSettings(
        Optional<String> keys,
        String issuer,
        String audience,
        Duration skew,
        Duration refresh,
        String nameClaim,
        String rolesClaim,
        String servicesClaim,
        Map<String, List<String>> roles) {

    /** Copies the table. */
    public JwtSettings {
        roles = Map.copyOf(roles);
    }

    /** Where the keys are, if they are in a file. */
    public Optional<Path> file() {
        return keys.filter(place -> !isAddress(place)).map(Path::of);
    }

    /** Where the keys are, if they are fetched. */
    public Optional<URI> address() {
        return keys.filter(JwtSettings::isAddress).map(URI::create);
    }

    static JwtSettings from(Section section) {
        JwtSettings jwt =
                new JwtSettings(
                        section.optionalText("keys"),
                        section.text("issuer", ""),
                        section.text("audience", "audit-correlator"),
                        section.duration(
                                "skew",
                                Duration.ofSeconds(30),
                                Duration.ZERO,
                                Duration.ofMinutes(10)),
                        section.duration(
                                "refresh",
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(1),
                                Duration.ofDays(1)),
                        section.text("name-claim", "sub"),
                        section.text("roles-claim", "roles"),
                        section.text("services-claim", "services"),
                        RoleTable.from(section, "roles"));
        jwt.requireWhole(section);
        return jwt;
    }

    private void requireWhole(Section section) {
        keys.filter(JwtSettings::isAddress)
                .filter(address -> !isWhole(address))
                .ifPresent(
                        bad -> section.problem("keys", bad, "a file, or an address with a host"));
        if (keys.isPresent() && (issuer.isEmpty() || audience.isEmpty())) {
            section.problem(
                    issuer.isEmpty() ? "issuer" : "audience",
                    "",
                    "a name: tokens of anybody, for anybody, prove nothing");
        }
    }

    private static boolean isAddress(String place) {
        return place.matches("(?i)https?://.*");
    }

    private static boolean isWhole(String address) {
        try {
            return new URI(address).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
