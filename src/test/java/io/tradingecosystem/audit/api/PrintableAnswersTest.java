package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.StatusRuntimeException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.HostileText;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.GetEventRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What senders and askers write comes back to people printable. */
class PrintableAnswersTest {
    /** What a store and a query can hold. */
    private static final String TEXT = HostileText.SAMPLE.replace("\ud800", "");

    private AllDoors doors;

    @BeforeEach
    void open() {
        doors = AllDoors.open();
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/timelines?scenario_id=h", "/api/v1/events/hostile/chain"})
    void shouldDrawWhatSendersWrote(String path) {
        // given
        doors.store.append(
                List.of(
                        AuditEvent.builder("s\u202e\u009b", "chaos.\u2028x")
                                .id("hostile")
                                .scenarioId("h")
                                .message(TEXT)
                                .occurredAt(AllDoors.CLOCK.instant())
                                .build()));

        // when
        HttpResponse<String> answer = get(path, "text/plain");

        // then
        assertThat(answer.body())
                .contains("chaos.\\u2028x  s\\u202e\\u009b  \\u001b[2J\\u0000")
                .matches(each -> !HostileText.isHostile(each));
        assertThat(answer.body().lines()).noneMatch(line -> line.startsWith("2026-01-31T12"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/events/%s",
                "/api/v1/verdicts/%s",
                "/api/v1/scenarios/%s",
                "/api/v1/rules/%s",
                "/api/v1/expectations/%s",
                "/health/%s",
                "/api/v1/events?severity=%s",
                "/api/v1/events?from=%s",
                "/api/v1/events?limit=%s",
                "/api/v1/events?%s=1",
                "/api/v1/timelines?silence=%s",
                "/api/v1/verdicts?status=%s"
            })
    void shouldRefusePrintably(String path) {
        String asked = URLEncoder.encode(TEXT, StandardCharsets.UTF_8).replace("+", "%20");

        HttpResponse<String> answer = get(path.formatted(asked.replace("%2F", "")), "*/*");

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(Http.json(answer).path("detail").asText())
                .isNotEmpty()
                .doesNotContain("\n")
                .matches(detail -> !HostileText.isHostile(detail));
    }

    @Test
    void shouldRefuseAnEventPrintably() {
        String event = "{\"service\":\"s\",\"type\":\"t\",\"severity\":\"\\u009b\\u202e\\n\"}";

        String answer = doors.http.post("/api/v1/events", event).body();

        assertThat(answer)
                .contains("\\\\u009b\\\\u202e\\\\n is not a severity".replace(" is", "\\\" is"));
    }

    @Test
    void shouldRefusePrintablyOverGrpc() throws Exception {
        try (GrpcChannel channel = GrpcChannel.to(doors.doors.grpcPort())) {
            StatusRuntimeException refused =
                    catchThrowableOfType(
                            StatusRuntimeException.class,
                            () ->
                                    EventServiceGrpc.newBlockingStub(channel.channel())
                                            .getEvent(
                                                    GetEventRequest.newBuilder()
                                                            .setId(TEXT)
                                                            .build()));

            assertThat(refused.getStatus().getDescription())
                    .contains("\\u009b2J")
                    .doesNotContain("\n")
                    .matches(each -> !HostileText.isHostile(each));
        }
    }

    private HttpResponse<String> get(String path, String accept) {
        return doors.http.send(doors.http.request(path).header("Accept", accept));
    }
}
