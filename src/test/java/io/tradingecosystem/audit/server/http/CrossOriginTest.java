package io.tradingecosystem.audit.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.RawHttp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.util.Map;

/** What pages of other origins may read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossOriginTest {
    private static final String UI = "https://ui.example:8443";

    private OpenDoorsFixture fixture;

    @BeforeAll
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of("server.http.cors-origins", UI),
                        (doors, monitoring) ->
                                doors.routes(
                                                "/api/v1/audit/status",
                                                rules ->
                                                        rules.get(
                                                                        "/",
                                                                        (request, response) ->
                                                                                response.send(
                                                                                        "old"))
                                                                .post(
                                                                        "/",
                                                                        (request, response) ->
                                                                                response.send()))
                                        .routes(
                                                "/new",
                                                rules ->
                                                        rules.get(
                                                                "/",
                                                                (request, response) ->
                                                                        response.send("new"))));
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void shouldLetPagesOfAConfiguredOriginReadEverything() throws IOException {
        assertThat(answer("GET /new", UI))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("Access-Control-Allow-Origin: " + UI + "\r\n")
                .containsIgnoringCase("Vary: Origin\r\n")
                .doesNotContainIgnoringCase("Allow-Credentials");
        assertThat(answer("GET /nowhere", UI))
                .startsWith("HTTP/1.1 404 ")
                .containsIgnoringCase("Access-Control-Allow-Origin: " + UI + "\r\n");
        assertThat(preflight("/new", UI, "PUT"))
                .startsWith("HTTP/1.1 204 ")
                .containsIgnoringCase("Access-Control-Allow-Methods: GET, HEAD, POST, PUT")
                .containsIgnoringCase("Access-Control-Max-Age: ");
    }

    @Test
    void shouldLetNobodyElse() throws IOException {
        assertThat(answer("GET /new", "https://ui.example"))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContainIgnoringCase("Access-Control-");
        assertThat(preflight("/new", "null", "GET"))
                .startsWith("HTTP/1.1 204 ")
                .doesNotContainIgnoringCase("Access-Control-");
    }

    @Test
    void shouldLetAnyPageReadWhatTheOlderServiceTold() throws IOException {
        assertThat(answer("GET /api/v1/audit/status", "https://a.page"))
                .containsIgnoringCase("Access-Control-Allow-Origin: *\r\n");
        assertThat(answer("POST /api/v1/audit/status", "https://a.page"))
                .doesNotContainIgnoringCase("Access-Control-");
        assertThat(preflight("/api/v1/audit/status", "https://a.page", "POST"))
                .doesNotContainIgnoringCase("Access-Control-");
    }

    @Test
    void shouldSayNothingToWhoIsNoPage() throws IOException {
        try (RawHttp client = fixture.raw()) {
            assertThat(
                            client.send("GET /new HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                                    .readToEnd())
                    .endsWith("new")
                    .doesNotContainIgnoringCase("Access-Control-");
        }
    }

    private String preflight(String path, String origin, String method) throws IOException {
        return answer("OPTIONS " + path, origin, "Access-Control-Request-Method: " + method);
    }

    private String answer(String line, String origin, String... more) throws IOException {
        try (RawHttp client = fixture.raw()) {
            return client.send(
                            line
                                    + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nOrigin: "
                                    + origin
                                    + "\r\n"
                                    + String.join("\r\n", more)
                                    + (more.length == 0 ? "" : "\r\n")
                                    + "\r\n")
                    .readToEnd();
        }
    }
}
