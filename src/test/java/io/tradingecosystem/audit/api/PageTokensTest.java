package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.Status;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc.CorrelationServiceBlockingStub;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.EventServiceGrpc.EventServiceBlockingStub;
import io.tradingecosystem.audit.v1.GetTimelineRequest;
import io.tradingecosystem.audit.v1.GetVerdictsRequest;
import io.tradingecosystem.audit.v1.ListEventsRequest;
import io.tradingecosystem.audit.v1.ListLinksRequest;
import io.tradingecosystem.audit.v1.ListScenariosRequest;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc.ScenarioServiceBlockingStub;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/** A page token goes on with the question that it was given for, and with no other. */
class PageTokensTest {
    private static AllDoors doors;

    /** Once for all: a verdict waits for what may come late. */
    @BeforeAll
    static void open() {
        doors = AllDoors.open();
        doors.run("one");
        doors.run("two");
    }

    @AfterAll
    static void close() throws Exception {
        doors.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/events?type=risk.alert.raised, events, order=oldest_first",
        "/api/v1/events?type=risk.alert.raised, events, order=newest_first",
        "/api/v1/links?rule=chaos-injection-raises-risk-alert, links, kind=rule",
        "/api/v1/timelines?scenario_id=one, entries, silence=1s",
        "/api/v1/verdicts?scenario_id=one, verdicts, status=passed",
    })
    void shouldRefuseATokenOfAnotherQuestion(String question, String list, String more) {
        JsonNode first = page(question + "&limit=1");
        String token = first.get("next_page_token").asText();

        JsonNode second = page(question + "&pretty=true&limit=7&page_token=" + token);

        assertThat(token).isNotEmpty();
        assertThat(second.get(list)).isNotEmpty().isNotEqualTo(first.get(list));
        requireRefused(question + "&" + more + "&limit=1&page_token=" + token);
        requireRefused(question.replaceAll("=.*", "=other&page_token=" + token));
        requireRefused(question + "&page_token=x" + token.substring(1));
        requireRefused(question + "&page_token=" + token.substring(0, token.length() - 2));
    }

    @Test
    void shouldRefuseATokenOfAnotherPath() {
        List<String> paths =
                List.of(
                        "/api/v1/events",
                        "/api/v1/links",
                        "/api/v1/verdicts",
                        "/api/v1/scenarios",
                        "/api/v1/timelines");
        List<String> tokens = new ArrayList<>();
        for (String path : paths) {
            tokens.add(page(path + parameters(path)).get("next_page_token").asText());
        }

        assertThat(tokens).doesNotContain("").doesNotHaveDuplicates();
        for (int path = 0; path < paths.size(); path++) {
            for (int token = 0; token < tokens.size(); token++) {
                if (path != token) {
                    String other = paths.get(path);
                    requireRefused(other + parameters(other) + "&page_token=" + tokens.get(token));
                }
            }
        }
    }

    @Test
    void shouldGoOnWithATextAsWithJson() {
        String question = "/api/v1/timelines?scenario_id=one";
        String drawn =
                doors.http
                        .send(
                                doors.http
                                        .request(question + "&limit=1")
                                        .header("Accept", "text/plain"))
                        .body();
        String token = drawn.replaceAll("(?s).*page_token=(\\S+).*", "$1");

        assertThat(page(question + "&page_token=" + token).get("entries")).isNotEmpty();
    }

    @Test
    void shouldRefuseATokenOfAnotherQuestionOverGrpc() {
        try (GrpcChannel channel = GrpcChannel.to(doors.doors.grpcPort())) {
            EventServiceBlockingStub events = EventServiceGrpc.newBlockingStub(channel.channel());
            CorrelationServiceBlockingStub links =
                    CorrelationServiceGrpc.newBlockingStub(channel.channel());
            ScenarioServiceBlockingStub verdicts =
                    ScenarioServiceGrpc.newBlockingStub(channel.channel());
            ListEventsRequest event =
                    ListEventsRequest.newBuilder()
                            .setLimit(1)
                            .setFilter(EventFilter.newBuilder().setType("risk.alert.raised"))
                            .build();
            String token = events.listEvents(event).getNextPageToken();
            ListEventsRequest next = event.toBuilder().setPageToken(token).build();

            assertThat(events.listEvents(next.toBuilder().setLimit(9).build()).getEventsList())
                    .hasSize(1);
            requireRefused(
                    () ->
                            events.listEvents(
                                    next.toBuilder()
                                            .setOrder(ListEventsRequest.Order.OLDEST_FIRST)
                                            .build()));
            requireRefused(() -> events.listEvents(next.toBuilder().clearFilter().build()));
            requireRefused(
                    () ->
                            links.listLinks(
                                    ListLinksRequest.newBuilder().setPageToken(token).build()));
            requireRefused(
                    () ->
                            links.getTimeline(
                                            GetTimelineRequest.newBuilder()
                                                    .setFilter(next.getFilter())
                                                    .setPageToken(token)
                                                    .build())
                                    .next());
            String run =
                    verdicts.listScenarios(ListScenariosRequest.newBuilder().setLimit(1).build())
                            .getNextPageToken();
            assertThat(
                            verdicts.listScenarios(
                                            ListScenariosRequest.newBuilder()
                                                    .setPageToken(run)
                                                    .build())
                                    .getScenariosList())
                    .hasSize(1);
            requireRefused(
                    () ->
                            verdicts.getVerdicts(
                                    GetVerdictsRequest.newBuilder().setPageToken(run).build()));
            String verdict =
                    verdicts.getVerdicts(GetVerdictsRequest.newBuilder().setLimit(1).build())
                            .getNextPageToken();
            requireRefused(
                    () ->
                            verdicts.getVerdicts(
                                    GetVerdictsRequest.newBuilder()
                                            .setScenarioId("one")
                                            .setPageToken(verdict)
                                            .build()));
        }
    }

    /** A timeline is of something. */
    private static String parameters(String path) {
        return path.endsWith("timelines") ? "?limit=1&from=2000-01-01T00:00:00Z" : "?limit=1";
    }

    private JsonNode page(String path) {
        var response = doors.http.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Http.json(response);
    }

    private void requireRefused(String path) {
        var response = doors.http.get(path);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(400);
        assertThat(response.body()).contains("page token");
    }

    private static void requireRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining("page token")
                .extracting(e -> Status.fromThrowable(e).getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
}
