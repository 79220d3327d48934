package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            waiting.add(CompletableFuture.supplyAsync(() -> outcome("?wait=60s"), THREADS));
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(outcome("").statusCode()).isEqualTo(429));

        doors.doors.close();
        assertThat(waiting).allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
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
