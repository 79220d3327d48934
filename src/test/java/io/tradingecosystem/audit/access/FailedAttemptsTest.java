package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.settings.AccessSettings;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

class FailedAttemptsTest {
    private static final Permission OPEN = new Permission(Role.READ, Permission.Exposure.OPEN_MODE);

    private final AtomicLong ticks = new AtomicLong();

    @TempDir private Path directory;

    @Test
    void shouldRefuseAnAddressThatGuesses() {
        AccessPolicy policy = policy();
        for (int i = 0; i < 3; i++) {
            assertThat(refusal(policy, "10.0.0.1", "guess-" + i).kind())
                    .isEqualTo(Problem.Kind.UNAUTHENTICATED);
        }

        Problem problem = refusal(policy, "10.0.0.1", "guess-4");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.BUSY);
        assertThat(problem.detail()).startsWith("TOO_MANY_FAILURES: ");
        assertThat(problem.retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(refusal(policy, "10.0.0.2", "guess-5").kind())
                .as("another address")
                .isEqualTo(Problem.Kind.UNAUTHENTICATED);
    }

    @Test
    void shouldRefuseATokenThatIsTriedFromEverywhere() {
        AccessPolicy policy = policy();
        for (int i = 0; i < 3; i++) {
            refusal(policy, "10.0.0." + i, "revoked");
        }

        assertThat(refusal(policy, "10.0.0.9", "revoked").kind()).isEqualTo(Problem.Kind.BUSY);
    }

    @Test
    void shouldServeWhoIsKnownBesideOneWhoGuesses() throws Exception {
        AccessPolicy policy = policy();
        for (int i = 0; i < 9; i++) {
            refusal(policy, "10.0.0.1", "guess-" + i);
        }
        String token = AdminToken.read(directory).orElseThrow();

        assertThat(policy.admit(OPEN, credentials("10.0.0.1", token)).name()).isEqualTo("admin");
        assertThat(
                        policy.admit(
                                OPEN,
                                new Credentials("10.0.0.1", Optional.empty(), Optional.empty())))
                .isEqualTo(Caller.NONE);
    }

    @Test
    void shouldRememberWhoGuessesMostAmongMoreThanItsTableHas() {
        FailedAttempts attempts = new FailedAttempts(3, ticks::get);
        for (int i = 0; i < FailedAttempts.MAX_REMEMBERED; i++) {
            attempts.add("10.0.0.1", "guess");
            attempts.add("a" + i, "t" + i);
        }

        assertThat(attempts.size()).isLessThanOrEqualTo(FailedAttempts.MAX_REMEMBERED);
        assertThatThrownBy(() -> attempts.require("10.0.0.1", "other"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void shouldForgetAfterAMinute() {
        AccessPolicy policy = policy();
        for (int i = 0; i < 4; i++) {
            refusal(policy, "10.0.0.1", "guess-" + i);
        }
        ticks.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(refusal(policy, "10.0.0.1", "guess-5").kind())
                .isEqualTo(Problem.Kind.UNAUTHENTICATED);
    }

    @Test
    void shouldRefuseOtherHeaders() {
        AccessPolicy policy = policy();
        for (String header : new String[] {"Basic YTpi", "Bearer", "Bearer  ", ""}) {
            assertThatThrownBy(
                            () ->
                                    policy.admit(
                                            OPEN,
                                            new Credentials(
                                                    "a", Optional.empty(), Optional.of(header))))
                    .hasMessageStartingWith("MALFORMED_CREDENTIALS: ");
        }
    }

    private static Problem refusal(AccessPolicy policy, String address, String token) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> policy.admit(OPEN, credentials(address, token)))
                .problem();
    }

    private static Credentials credentials(String address, String token) {
        return new Credentials(address, Optional.empty(), Optional.of("Bearer " + token));
    }

    private AccessPolicy policy() {
        AccessSettings settings = TestSettings.of(Map.of("access.failures", "3")).access();
        return AccessPolicy.create(
                settings,
                Map.of(),
                Optional.of(AdminToken.of(directory)),
                Limits.create(settings.limits(), ticks::get),
                new Time(InstantSource.system(), ticks::get));
    }
}
