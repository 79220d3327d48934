package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The whole service, as it asks who may. */
@Timeout(60)
class GuardedServiceTest {
    private static final String EXPECTATION =
            """
            {"name": "x", "when": {"type": "go"},
             "expect": [{"name": "p", "event": {"type": "t"}, "within": "1s"}]}
            """;

    @TempDir private Path directory;

    @Test
    void shouldTakeDefinitionsFromItsOwnerOnlyAlsoAfterARestart() throws Exception {
        String token;
        try (AuditCorrelator first = start("open")) {
            token = first.adminToken().fresh().orElseThrow();
            assertThat(define(first, "")).isEqualTo(401);
            assertThat(define(first, token)).isEqualTo(200);
            assertThat(Http.of(first.httpPort()).get("/api/v1/events").statusCode()).isEqualTo(200);
        }
        try (AuditCorrelator second = start("required")) {
            assertThat(second.adminToken().fresh()).isEmpty();
            assertThat(AdminToken.read(directory)).contains(token);
            assertThat(define(second, token)).isEqualTo(200);
            Http http = Http.of(second.httpPort());
            assertThat(http.get("/api/v1/events").statusCode()).isEqualTo(401);
            assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    private static int define(AuditCorrelator service, String token) {
        Http http = Http.of(service.httpPort());
        var request =
                http.request("/api/v1/expectations")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(EXPECTATION));
        return http.send(
                        token.isEmpty()
                                ? request
                                : request.header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private AuditCorrelator start(String mode) {
        Map<String, String> settings = new HashMap<>();
        settings.put("registry.backend", "in-process");
        settings.put("access.mode", mode);
        settings.put("store.path", directory.toString());
        return AuditCorrelator.start(TestSettings.of(settings));
    }
}
