package io.tradingecosystem.audit.junit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a correlator seldom answers: it is behind, leaves something out, was given another
 * expectation.
 */
class VerdictWaitTest {
    private static final String VERDICT =
            """
            {"status": "PASSED", "final": true, "reason": "because", "expectation_version": "v1"}\
            """;

    private final Map<String, String> answers = new TreeMap<>();
    private HttpServer server;

    @BeforeEach
    void answer() throws IOException {
        answers.put("/api/v1/expectations/e", "{\"version\": \"v1\", \"definition\": {}}");
        answers.put("/api/v1/scenarios/run", "{}");
        links("{\"position\": 10, \"behind\": 0}");
        verdicts(VERDICT, "{\"position\": 10, \"behind\": 0}");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldPassOnceAllIsThere() {
        assertThatCode(this::await).doesNotThrowAnyException();
    }

    @Test
    void shouldNotPassWhileLinksAreBehind() {
        links("{\"position\": 9, \"behind\": 1}");
        assertThatThrownBy(this::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of 10 positions of the log");
    }

    @Test
    void shouldNotPassWhileVerdictsAreBehind() {
        verdicts(VERDICT, "{\"position\": 9, \"behind\": 1}");
        assertThatThrownBy(this::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of 10 positions of the log");
    }

    @Test
    void shouldNotPassOnWhatIsNotFinal() {
        verdicts(VERDICT.replace("true", "false"), "{\"position\": 10, \"behind\": 0}");
        assertThatThrownBy(this::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PASSED, not final: because");
    }

    @Test
    void shouldNotPassWhereSomethingIsLeftOut() {
        answers.put("/api/v1/scenarios/run", "{\"incomplete\": [{\"bound\": \"MAX_VERDICTS\"}]}");
        assertThatThrownBy(this::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("MAX_VERDICTS");
    }

    @Test
    void shouldNotPassByAnotherVersionThanTheOneInForce() {
        verdicts(VERDICT.replace("v1", "v0"), "{\"position\": 10, \"behind\": 0}");
        assertThatThrownBy(this::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("was another when it was judged");
    }

    @ExpectVerdict(expectation = "e", within = "0.5s")
    private void await() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        ExpectVerdict expected =
                VerdictWaitTest.class.getDeclaredMethod("await").getAnnotation(ExpectVerdict.class);
        new VerdictWait(new Run("run", address), expected).await();
    }

    private void links(String progress) {
        answers.put("/api/v1/timelines", "{\"links_progress\": %s}".formatted(progress));
    }

    private void verdicts(String verdict, String progress) {
        answers.put(
                "/api/v1/verdicts",
                "{\"verdicts\": [%s], \"verdicts_progress\": %s, \"next_page_token\": \"\"}"
                        .formatted(verdict, progress));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = answers.get(exchange.getRequestURI().getPath()).getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
