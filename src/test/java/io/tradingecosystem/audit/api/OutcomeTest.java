package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Clients that wait for what becomes of a run, over HTTP. */
@Timeout(90)
class OutcomeTest {
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private AllDoors doors;

    @BeforeEach
    void open() {
        doors = AllDoors.open();
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @Test
    void shouldRefuseMoreNamesThanAWaitMayHave() {
        assertThat(outcome("?expectation=" + names(100)).statusCode()).isEqualTo(200);
        assertThat(outcome("?expectation=" + names(101)).statusCode()).isEqualTo(400);
        assertThat(outcome("?expectation=a,,b").statusCode()).isEqualTo(400);
        assertThat(outcome("?expectation=NO").body()).contains("1 to 100 names");
    }

    @Test
    void shouldRefuseToWaitForever() {
        assertThat(outcome("?wait=61s").statusCode()).isEqualTo(400);
        assertThat(outcome("?wait=1ms").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSendAwayWhoeverFindsTooManyWaiting() {
        // Whoever asked in between would take a place himself.
        List<CompletableFuture<Integer>> asked =
                Stream.generate(() -> CompletableFuture.supplyAsync(this::waitLong, THREADS))
                        .limit(65)
                        .toList();

        assertThat(CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo(429);

        doors.doors.close();
        assertThat(asked.stream().map(CompletableFuture::join))
                .containsOnlyOnce(429)
                .containsOnly(200, 429);
    }

    private int waitLong() {
        return outcome("?wait=60s").statusCode();
    }

    @Test
    void shouldSettleNothingOfALogThatItIsNot() throws IOException {
        JsonNode answer = new ObjectMapper().readTree(outcome("?as_of=0123456789ab-5").body());

        assertThat(answer.path("status").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(answer.path("settled").booleanValue()).isTrue();
    }

    private HttpResponse<String> outcome(String query) {
        return doors.http.get("/api/v1/scenarios/nobody/outcome" + query);
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "e-" + i).collect(Collectors.joining(","));
    }
}
