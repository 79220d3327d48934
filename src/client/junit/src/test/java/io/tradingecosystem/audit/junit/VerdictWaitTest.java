package io.tradingecosystem.audit.junit;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * What a correlator seldom answers: it is behind, leaves something out, was given another
 * expectation.
 */
class VerdictWaitTest {
    private final Map<String, String> answers = new TreeMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int busy;
    private HttpServer server;

    @BeforeEach
    void answer() throws IOException {
        answers.put("/api/v1/expectations/e", "{\"version\": \"v1\", \"definition\": {}}");
        outcome("PASSED", true, 1, "");
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
    void shouldAskAgainWithThePlaceOfTheFirstAnswer() {
        outcome("PENDING", false, 1, "");
        assertThatThrownBy(this::await).hasMessageContaining("has no final verdict within 0.5s");
        assertThat(asked.get(0)).contains("expectation=e", "all_final=false", "wait=");
        assertThat(asked.get(1)).contains("&as_of=log-10");
        assertThat(asked).hasSizeLessThan(10);
    }

    @Test
    void shouldTellWhatIsBehind() {
        outcome("PENDING", false, 1, "");
        assertThatThrownBy(this::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("links have come to position 9 of 10");
    }

    @Test
    void shouldNotPassWhereSomethingIsLeftOut() {
        outcome("PASSED", true, 1, ", \"incomplete\": [{\"bound\": \"MAX_VERDICTS\"}]");
        assertThatThrownBy(this::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("MAX_VERDICTS");
    }

    @Test
    void shouldNotPassWhereTheRunCannotBeToldThoughEachVerdictIsAsExpected() {
        outcome("INCONCLUSIVE", true, 1, "");
        assertThatThrownBy(this::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("e is not PASSED");
    }

    @Test
    void shouldNotPassByAnotherVersionThanTheOneInForce() {
        outcome("PASSED", true, 2, "");
        assertThatThrownBy(this::await)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("e is not PASSED");
    }

    @Test
    void shouldAskAgainWhereTheCorrelatorIsBusy() {
        busy = 2;
        assertThatCode(this::await).doesNotThrowAnyException();
        assertThat(busy).isZero();
    }

    /** One verdict of the version in force is PASSED, of as many as there are. */
    private void outcome(String status, boolean settled, int occurrences, String more) {
        answers.put(
                "/api/v1/scenarios/run/outcome",
                """
                {"status": "%s", "settled": %s, "as_of": "log-10",
                 "reason": "links have come to position 9 of 10",
                 "expectations": [{"status": "PASSED", "final": true, "reason": "because",
                                   "occurrences": %d, "statuses": {"PASSED": 1}}]%s}
                """
                        .formatted(status, settled, occurrences, more));
    }

    @ExpectVerdict(expectation = "e", within = "0.5s")
    private void await() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        ExpectVerdict expected =
                VerdictWaitTest.class.getDeclaredMethod("await").getAnnotation(ExpectVerdict.class);
        new VerdictWait(new Run("run", address), expected).await();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().endsWith("/outcome")) {
                asked.add(exchange.getRequestURI().getQuery());
                // As one that waits.
                LockSupport.parkNanos(100_000_000);
            }
            byte[] body = answers.get(exchange.getRequestURI().getPath()).getBytes();
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(busy > 0 ? 429 : 200, body.length);
            exchange.getResponseBody().write(body);
            busy = Math.max(0, busy - 1);
        }
    }
}
