package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.settings.AccessSettings;
import io.tradingecosystem.audit.testing.Issuer;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is found from what a request shows, and what that may do. */
class AuthenticationTest {
    private static final String HASH_OF_A =
            "sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    private static final Permission READ = new Permission(Role.READ, Permission.Exposure.NEVER);

    private final Issuer issuer = Issuer.create("k1");

    @TempDir private Path directory;

    @Test
    void shouldFindTheCallerOfEachKindOfToken() throws Exception {
        AccessPolicy policy = policy(Map.of());

        assertThat(policy.admit(READ, bearer("a")).name()).isEqualTo("risk");
        assertThat(policy.admit(READ, bearer(signed("risk"))).kind()).isEqualTo(Caller.Kind.JWT);
        assertThat(policy.admit(READ, bearer(AdminToken.read(directory).orElseThrow())).name())
                .isEqualTo("admin");
    }

    @Test
    void shouldSayWhatIsWrongWithAToken() throws Exception {
        AccessPolicy policy = policy(Map.of());

        refuse(policy, bearer("b"), Denial.UNKNOWN_TOKEN);
        refuse(policy, bearer("b.c"), Denial.UNKNOWN_TOKEN);
        refuse(policy, bearer("b.c.d"), Denial.INVALID_TOKEN);
        refuse(policy, bearer(signed("nobody")), Denial.ROLE_MISSING);
    }

    @Test
    void shouldReadTheBearerFormOnly() throws Exception {
        AccessPolicy policy = policy(Map.of());

        assertThat(policy.admit(READ, shown("bEARER  a ")).name()).isEqualTo("risk");
        for (String header : List.of("", "Bearer", "Bearer ", "Basic a", "a", "Bearera")) {
            refuse(policy, shown(header), Denial.MALFORMED_CREDENTIALS);
        }
        refuse(policy, bearer("b".repeat(16 << 10)), Denial.UNKNOWN_TOKEN);
        refuse(policy, bearer("b".repeat((16 << 10) + 1)), Denial.MALFORMED_CREDENTIALS);
    }

    @Test
    void shouldRefuseGuessesPastARate() throws Exception {
        AccessPolicy policy = policy(Map.of("access.failures", "2"));

        refuse(policy, bearer("b"), Denial.UNKNOWN_TOKEN);
        refuse(policy, bearer("c"), Denial.UNKNOWN_TOKEN);
        refuse(policy, bearer("d"), Denial.TOO_MANY_FAILURES);
        assertThat(policy.admit(READ, bearer("a")).name())
                .as("a known token is no guess")
                .isEqualTo("risk");
    }

    /** Who holds a good token is not to blame for an issuer that is away. */
    @Test
    void shouldNotCountWhatCannotBeChecked() throws Exception {
        AccessPolicy policy =
                policy(
                        Map.of(
                                "access.failures",
                                "1",
                                "access.jwt.keys",
                                directory.resolve("none").toString()));

        refuse(policy, bearer(signed("risk")), Denial.NO_KEYS);
        refuse(policy, bearer(signed("risk")), Denial.NO_KEYS);
    }

    @Test
    void shouldOpenWhatTheSettingsOpen() throws Exception {
        Credentials nobody = new Credentials("1.2.3.4", Optional.empty(), Optional.empty());
        for (String mode : List.of("open", "required")) {
            for (String health : List.of("open", "required")) {
                for (String metrics : List.of("open", "required")) {
                    AccessPolicy policy =
                            policy(
                                    Map.of(
                                            "access.mode", mode,
                                            "access.health", health,
                                            "access.metrics", metrics));
                    decide(policy, nobody, Permission.Exposure.ALWAYS, "open");
                    decide(policy, nobody, Permission.Exposure.OPEN_MODE, mode);
                    decide(policy, nobody, Permission.Exposure.HEALTH, health);
                    decide(policy, nobody, Permission.Exposure.METRICS, metrics);
                    decide(policy, nobody, Permission.Exposure.NEVER, "required");
                }
            }
        }
    }

    @Test
    void shouldCallAnAddressWithoutItsPort() {
        assertThat(Credentials.address(new InetSocketAddress("127.0.0.1", 8083)))
                .isEqualTo("127.0.0.1");
        assertThat(Credentials.address(InetSocketAddress.createUnresolved("risk", 8083)))
                .contains("risk");
    }

    private static void decide(
            AccessPolicy policy, Credentials nobody, Permission.Exposure exposure, String mode) {
        Permission permission = new Permission(Role.OPERATE, exposure);
        if (mode.equals("open")) {
            assertThat(policy.admit(permission, nobody)).isEqualTo(Caller.NONE);
        } else {
            assertThatThrownBy(() -> policy.admit(permission, nobody))
                    .as("%s", exposure)
                    .hasMessageStartingWith("NO_CREDENTIALS: this needs the role operate");
        }
    }

    private static void refuse(AccessPolicy policy, Credentials credentials, Denial reason) {
        assertThatThrownBy(() -> policy.admit(READ, credentials))
                .hasMessageStartingWith(reason + ": ");
    }

    private static Credentials bearer(String token) {
        return shown("Bearer " + token);
    }

    private static Credentials shown(String header) {
        return new Credentials("1.2.3.4", Optional.empty(), Optional.of(header));
    }

    private String signed(String name) {
        return issuer.sign(Issuer.claims(name, List.of(), Instant.now()));
    }

    private AccessPolicy policy(Map<String, String> changes) throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), "risk " + HASH_OF_A);
        Path file =
                Files.writeString(
                        directory.resolve("app.yaml"),
                        """
                        access:
                          roles: {risk: [read]}
                          tokens: %s
                          jwt: {issuer: "%s"}
                        """
                                .formatted(tokens, Issuer.NAME));
        Map<String, String> all = new HashMap<>();
        all.put("access.jwt.keys", issuer.keys(directory.resolve("keys")).toString());
        all.putAll(changes);
        AccessSettings settings = TestSettings.of(Optional.of(file), all).access();
        return AccessPolicy.create(
                settings,
                Map.of(),
                Optional.of(AdminToken.of(directory)),
                Limits.create(settings.limits(), System::nanoTime),
                Time.system());
    }
}
