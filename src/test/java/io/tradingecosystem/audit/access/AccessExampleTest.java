package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.settings.AccessSettings;
import io.tradingecosystem.audit.testing.TestSettings;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The example in the comment of {@code access}. */
class AccessExampleTest {
    @TempDir private Path directory;

    @Test
    void shouldSayWhoMayDoWhat() throws Exception {
        AccessSettings settings = TestSettings.of(Map.of()).access();
        // @start region="access"
        Map<String, Permission> permissions =
                Map.of(
                        "GET /orders", new Permission(Role.READ, Permission.Exposure.OPEN_MODE),
                        "PUT /limits", new Permission(Role.DEFINE, Permission.Exposure.NEVER));
        AccessPolicy policy =
                AccessPolicy.create(
                        settings,
                        permissions,
                        Optional.of(AdminToken.of(directory)),
                        Limits.create(settings.limits(), System::nanoTime),
                        Time.system());
        // @end
        Credentials nobody = new Credentials("a", Optional.empty(), Optional.empty());
        Credentials owner =
                new Credentials(
                        "a",
                        Optional.empty(),
                        AdminToken.read(directory).map(token -> "Bearer " + token));

        assertThat(policy.admit(policy.permission("GET /orders"), nobody)).isEqualTo(Caller.NONE);
        assertThat(policy.admit(policy.permission("PUT /limits"), owner).name()).isEqualTo("admin");
        Assertions.assertThatThrownBy(() -> policy.admit(policy.permission("PUT /limits"), nobody))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("NO_CREDENTIALS: this needs the role define");
        Assertions.assertThatThrownBy(
                        () -> policy.admit(policy.permission("GET /forgotten"), nobody))
                .hasMessageContaining("role admin");
    }
}
