package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.testing.CorrelatorProcess;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole service where a process may have few files open. */
@Timeout(180)
class FewFilesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GET = "GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n";

    private final List<RawHttp> idle = new ArrayList<>();
    private Optional<CorrelatorProcess> process = Optional.empty();

    @AfterEach
    void end() throws IOException {
        process.ifPresent(CorrelatorProcess::kill);
        for (RawHttp one : idle) {
            one.close();
        }
    }

    @Test
    void shouldServeOnBesideAHundredIdleConnectionsAtEachDoor() throws Exception {
        CorrelatorProcess few = start(256);
        int http = few.port("HTTP", PATIENCE);
        for (int port : new int[] {http, few.port("gRPC", PATIENCE)}) {
            for (int i = 0; i < 100; i++) {
                idle.add(new RawHttp(port));
            }
        }
        assertThat(Http.of(http).get("/health/ready").statusCode()).isEqualTo(200);
        // and it still does when each of them has been served
        for (int i = 0; i < 100; i++) {
            RawHttp one = new RawHttp(http);
            idle.add(one);
            one.send(GET).readUntil("]}\n");
        }
        String event =
                """
                {"id":"few","service":"a","type":"b","occurred_at":"2026-01-31T12:00:00Z"}
                """;
        assertThat(Http.of(http).post("/api/v1/events", event).statusCode()).isBetween(200, 201);
        assertThat(few.log()).contains("server.connections.limited").doesNotContain(" error ");
        assertThat(few.end()).isZero();
    }

    @Test
    void shouldEndWithALineWhenAListenerEnds() throws Exception {
        CorrelatorProcess few = start(4_096);
        int http = few.port("HTTP", PATIENCE);
        few.port("gRPC", PATIENCE);
        few.allowFiles(8);

        try (RawHttp last = new RawHttp(http)) {
            last.trySending(GET);
            assertThat(few.exitCode(PATIENCE)).isEqualTo(1);
        }
        assertThat(few.log())
                .containsPattern(
                        "(?m)^audit-correlator: the listener http accepts no more connections");
    }

    private CorrelatorProcess start(int files) throws IOException {
        CorrelatorProcess started =
                CorrelatorProcess.startWithFiles(
                        files,
                        "few-files",
                        Map.of("registry.backend", "in-process", "server.shutdown-grace", "1s"));
        process = Optional.of(started);
        await().atMost(PATIENCE).until(() -> started.log().contains("Ctrl-C ends it"));
        return started;
    }
}
