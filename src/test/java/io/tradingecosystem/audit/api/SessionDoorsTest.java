package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.Issuer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** People log in to the page, where everything asks for a role. */
@Timeout(60)
class SessionDoorsTest {
    private static final String SESSION = "/api/v1/session";

    /** The SHA-256 of "a" and "b", as sha256sum prints them. */
    private static final String ANNA =
            "anna sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\n";

    private static final String BEN =
            "ben sha256:3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d\n";

    @TempDir private Path directory;
    private final Issuer issuer = Issuer.create("k1");
    private Path tokens;
    private AllDoors doors;

    @BeforeEach
    void open() throws Exception {
        tokens = Files.writeString(directory.resolve("tokens"), ANNA + BEN);
        Path settings =
                Files.writeString(
                        directory.resolve("app.yaml"),
                        """
                        access:
                          roles: {anna: [read, define], ben: [send]}
                          jwt: {roles: {readers: [read]}}
                        """);
        doors =
                AllDoors.guarded(
                        settings,
                        Map.of(
                                "access.mode",
                                "required",
                                "access.failures",
                                "5",
                                "access.tokens",
                                tokens.toString(),
                                "access.jwt.issuer",
                                Issuer.NAME,
                                "access.jwt.keys",
                                issuer.keys(directory.resolve("keys.json")).toString()),
                        AdminToken.of(directory));
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @Test
    void shouldShowThePageAndItsLoginToAnybody() {
        HttpResponse<String> page = doors.http.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        Matcher script =
                Pattern.compile("<script type=\"module\" src=\"(.+?)\"").matcher(page.body());
        assertThat(script.find()).isTrue();
        assertThat(doors.http.get(script.group(1)).body()).contains("audit-page");
        assertThat(Http.json(doors.http.get(SESSION)).path("kind").asText()).isEqualTo("NONE");
        assertThat(doors.http.get("/api/v1/events?limit=1").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldMakeASessionOfAToken() {
        // when
        // @start region="login"
        HttpResponse<String> answer =
                doors.http.send(
                        doors.http
                                .request("/api/v1/session")
                                .header("Authorization", "Bearer a")
                                .POST(BodyPublishers.noBody()));
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        // @end

        // then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(cookie).matches("audit-session=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict");
        JsonNode who = Http.json(get(SESSION, name(cookie)));
        assertThat(who).isEqualTo(Http.json(answer));
        assertThat(who.path("name").asText()).isEqualTo("anna");
        assertThat(who.path("kind").asText()).isEqualTo("SESSION");
        assertThat(who.path("roles"))
                .extracting(JsonNode::asText)
                .containsExactly("define", "read");
        assertThat(Instant.parse(who.path("until").asText()))
                .isAfter(Instant.now().plus(Duration.ofHours(11)))
                .isBefore(Instant.now().plus(Duration.ofHours(13)));
        assertThat(get("/api/v1/events?limit=1", name(cookie)).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/status", name(cookie)).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 401",
        "Sec-Fetch-Site, same-origin, 400",
        "Sec-Fetch-Site, none, 401",
        "Sec-Fetch-Site, cross-site, 403",
        "Origin, own, 400",
        "Origin, http://evil.example, 403"
    })
    void shouldChangeThingsBySessionForTheOwnPageOnly(String header, String value, int expected) {
        String session = login("a");
        HttpRequest.Builder request =
                doors.http
                        .request("/api/v1/expectations")
                        .header("Content-Type", "application/json")
                        .header("Cookie", session)
                        .PUT(BodyPublishers.ofString("{"));
        if (!header.isEmpty()) {
            request.header(header, value.equals("own") ? origin() : value);
        }

        // 400: she may, and what she says makes no sense
        assertThat(doors.http.send(request).statusCode()).isEqualTo(expected);
    }

    @Test
    void shouldNotTakeASessionFromAPageOfAnotherPort() {
        String session = login("a");

        HttpResponse<String> answer =
                doors.http.send(
                        doors.http
                                .request("/api/v1/events?limit=1")
                                .header("Cookie", session)
                                .header("Sec-Fetch-Site", "same-site"));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void shouldLetATokenSayMoreThanASession() {
        String session = login("a");

        HttpResponse<String> answer =
                doors.http.send(
                        doors.http
                                .request(SESSION)
                                .header("Cookie", session)
                                .header("Authorization", "Bearer b"));

        assertThat(Http.json(answer).path("name").asText()).isEqualTo("ben");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Bearer", "Basic YTpi", ""})
    void shouldNotMakeASessionOfNothing(String authorization) {
        HttpRequest.Builder request = doors.http.request(SESSION).POST(BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> answer = doors.http.send(request);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void shouldNotMakeASessionOfASession() {
        String session = login("a");

        HttpResponse<String> answer =
                doors.http.send(
                        doors.http
                                .request(SESSION)
                                .header("Cookie", session)
                                .header("Origin", origin())
                                .POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(get(SESSION, session).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldCountLoginsThatFail() {
        List<Integer> codes =
                List.of(
                        begin("x1").statusCode(),
                        begin("x2").statusCode(),
                        begin("x3").statusCode(),
                        begin("x4").statusCode(),
                        begin("x5").statusCode(),
                        begin("x6").statusCode());

        assertThat(codes).containsExactly(401, 401, 401, 401, 401, 429);
        assertThat(begin("a").statusCode()).as("who is known gets in").isEqualTo(201);
    }

    @Test
    void shouldLogOut() {
        String session = login("a");
        String other = login("a");

        HttpResponse<String> answer =
                doors.http.send(
                        doors.http
                                .request(SESSION)
                                .header("Cookie", "x=y; " + session)
                                .header("Origin", origin())
                                .DELETE());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .contains("audit-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
        assertThat(get("/api/v1/events?limit=1", session).statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/events?limit=1", other).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldEndTheSessionWithItsToken() throws Exception {
        String anna = login("a");
        String ben = login("b");

        Files.writeString(tokens, BEN);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("/api/v1/events?limit=1", anna).statusCode() == 401);
        assertThat(get(SESSION, ben).body()).contains("\"ben\"");
    }

    @Test
    void shouldEndTheSessionWhenASignedTokenExpires() {
        Instant now = Instant.now();
        String token = issuer.sign(Issuer.claims("zoe", List.of("readers"), now));

        Instant until = Instant.parse(Http.json(begin(token)).path("until").asText());

        assertThat(until).isBefore(now.plus(Duration.ofMinutes(6)));
    }

    private String login(String token) {
        HttpResponse<String> answer = begin(token);
        return name(answer.headers().firstValue("Set-Cookie").orElseThrow());
    }

    private HttpResponse<String> begin(String token) {
        return doors.http.send(
                doors.http
                        .request(SESSION)
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(String path, String cookie) {
        return doors.http.send(doors.http.request(path).header("Cookie", cookie));
    }

    /** What the browser keeps of a cookie, and sends. */
    private static String name(String cookie) {
        return cookie.replaceFirst(";.*", "");
    }

    private String origin() {
        return "http://127.0.0.1:" + doors.doors.httpPort();
    }
}
