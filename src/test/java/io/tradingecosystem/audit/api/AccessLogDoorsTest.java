package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.GetEventRequest;
import io.tradingecosystem.audit.v1.GetTimelineRequest;
import io.tradingecosystem.audit.v1.ListEventsRequest;
import io.tradingecosystem.audit.v1.WatchEventsRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who asked what, as it is found afterwards, by both doors. */
@Timeout(120)
class AccessLogDoorsTest {
    /** Tokens "a" of risk and "b" of nosy, as sha256sum prints them. */
    private static final String TOKENS =
            """
            risk sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb
            nosy sha256:3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d
            """;

    private static final String EXPECTATION =
            """
            {"name": "x", "when": {"type": "go"},
             "expect": [{"name": "p", "event": {"type": "secret-type"}, "within": "1s"}]}
            """;

    @TempDir private Path directory;
    private AllDoors doors;
    private GrpcChannel channel;

    private void open(String audit) throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), TOKENS);
        Path settings =
                Files.writeString(
                        directory.resolve("app.yaml"),
                        "access: {audit: %s, roles: {risk: [read, define]}}".formatted(audit));
        doors =
                AllDoors.guarded(
                        settings,
                        Map.of(
                                "access.tokens",
                                tokens.toString(),
                                "store.path",
                                directory.toString()),
                        AdminToken.of(directory));
        channel = GrpcChannel.to(doors.doors.grpcPort());
        doors.append("run");
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
        doors.close();
    }

    @Test
    void shouldTellWhoAskedWhatOverHttp() throws Exception {
        open("metadata");
        long last = doors.store.store().log().lastPosition();

        get("/api/v1/events?scenario_id=run&order=oldest_first&limit=2", "a");
        get("/api/v1/events?scenario_id=run&order=oldest_first&limit=2", "a");
        get("/api/v1/events/t-run", "b");

        JsonNode list = record("GET /api/v1/events");
        assertThat(list.get("what").asText()).isEqualTo("read");
        assertThat(list.get("caller").asText()).isEqualTo("risk");
        assertThat(list.get("caller_kind").asText()).isEqualTo("token");
        assertThat(list.get("address").asText()).isEqualTo("127.0.0.1");
        assertThat(list.get("keys").get("scenario_id").asText()).isEqualTo("run");
        assertThat(list.get("status").asText()).isEqualTo("200");
        assertThat(list.get("answers").asInt()).isEqualTo(2);
        assertThat(list.get("items").asInt()).isEqualTo(4);
        assertThat(list.get("first_position").asLong()).isPositive();
        assertThat(list.get("last_position").asLong()).isLessThanOrEqualTo(last);
        JsonNode one = record("GET /api/v1/events/{id}");
        assertThat(one.get("caller").asText()).isEqualTo("nosy");
        assertThat(one.get("keys").get("id").asText()).isEqualTo("t-run");
        assertThat(one.get("items").asInt()).isEqualTo(1);
    }

    @Test
    void shouldTellWhoAskedWhatOverGrpc() throws Exception {
        open("metadata");
        EventFilter filter = EventFilter.newBuilder().setScenarioId("run").build();
        var events = with(EventServiceGrpc.newBlockingStub(channel.channel()), "a");
        int listed =
                events.listEvents(ListEventsRequest.newBuilder().setFilter(filter).build())
                        .getEventsCount();
        var timelines = with(CorrelationServiceGrpc.newBlockingStub(channel.channel()), "b");
        timelines
                .getTimeline(GetTimelineRequest.newBuilder().setFilter(filter).build())
                .forEachRemaining(part -> {});
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () ->
                                        events.getEvent(
                                                GetEventRequest.newBuilder()
                                                        .setId("no-such")
                                                        .build())))
                .isNotNull();

        JsonNode list = record("audit.v1.EventService/ListEvents");
        assertThat(list.get("caller").asText()).isEqualTo("risk");
        assertThat(list.path("keys").path("scenario_id").asText())
                .as("%s", records())
                .isEqualTo("run");
        assertThat(list.get("status").asText()).isEqualTo("OK");
        assertThat(list.get("items").asInt()).isEqualTo(listed).isPositive();
        JsonNode timeline = record("audit.v1.CorrelationService/GetTimeline");
        assertThat(timeline.get("caller").asText()).isEqualTo("nosy");
        assertThat(timeline.get("items").asInt()).isEqualTo(listed);
        JsonNode one = record("audit.v1.EventService/GetEvent");
        assertThat(one.get("status").asText()).isEqualTo("NOT_FOUND");
        assertThat(one.get("items").asInt()).isZero();
    }

    @Test
    void shouldTellOfStreamsWhileTheyRunAndWhenTheyEnd() throws Exception {
        open("metadata");
        Context.CancellableContext call = Context.current().withCancellation();
        Context before = call.attach();
        Iterator<?> watched =
                with(EventServiceGrpc.newBlockingStub(channel.channel()), "a")
                        .watchEvents(WatchEventsRequest.newBuilder().setAfter(-1).build());
        call.detach(before);
        watched.next();
        watched.next();
        HttpClient client = HttpClient.newHttpClient();
        var stream =
                client.send(
                        doors.http
                                .request("/api/v1/events/stream?after=0")
                                .header("Authorization", "Bearer b")
                                .build(),
                        BodyHandlers.ofInputStream());

        JsonNode overGrpc = record("audit.v1.EventService/WatchEvents");
        assertThat(overGrpc.get("status").asText()).isEqualTo("running");
        assertThat(overGrpc.get("items").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(overGrpc.get("first_position").asInt()).isEqualTo(1);
        assertThat(record("GET /api/v1/events/stream").get("status").asText()).isEqualTo("running");

        call.cancel(null);
        stream.body().close();
        client.shutdownNow();
        doors.run("more");
        awaitStatus("audit.v1.EventService/WatchEvents", "cancelled");
        awaitStatus("GET /api/v1/events/stream", "cancelled");
    }

    @Test
    void shouldTellOfActsAndRefusalsAlsoWhereReadsAreNotRecorded() throws Exception {
        open("off");
        get("/api/v1/events", "a");
        get("/api/v1/events", "not-a-token-of-anybody");
        assertThat(put("b").statusCode()).isEqualTo(403);
        assertThat(put("a").statusCode()).isEqualTo(200);

        JsonNode put = record("PUT /api/v1/expectations", "act");
        assertThat(put.get("caller").asText()).isEqualTo("risk");
        assertThat(put.get("keys").get("name").asText()).isEqualTo("x");
        JsonNode refused = record("PUT /api/v1/expectations", "refusal");
        assertThat(refused.get("caller").asText()).isEqualTo("nosy");
        assertThat(refused.get("status").asText()).isEqualTo("403");
        assertThat(refused.get("reason").asText()).isEqualTo("ROLE_MISSING");
        JsonNode stranger = record("GET /api/v1/events");
        assertThat(stranger.get("reason").asText()).isEqualTo("UNKNOWN_TOKEN");
        assertThat(stranger.has("caller")).isFalse();
        assertThat(records()).noneMatch(each -> each.get("what").asText().equals("read"));
        assertThat(files()).doesNotContain("not-a-token", "secret-type", token());
    }

    @Test
    void shouldNotBeSeenByThoseWhoWatchEvents() throws Exception {
        open("metadata");
        long last = doors.store.store().log().lastPosition();
        get("/api/v1/events", "a");
        record("GET /api/v1/events");

        assertThat(doors.store.store().log().lastPosition()).isEqualTo(last);
    }

    @Test
    void shouldBePagedForAdministratorsOnly() throws Exception {
        open("metadata");
        for (int i = 0; i < 5; i++) {
            get("/api/v1/events/no-" + i, "a");
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> records().size() >= 5);
        String asked = "/api/v1/access-log?caller=risk&order=oldest_first&limit=2";
        List<String> ids = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = Http.json(get(asked + "&page_token=" + token, token()));
            page.get("records").forEach(each -> ids.add(each.get("keys").get("id").asText()));
            token = page.get("next_page_token").asText();
        } while (!token.isEmpty());

        assertThat(ids).containsExactlyInAnyOrder("no-0", "no-1", "no-2", "no-3", "no-4");
        assertThat(get(asked, "a").statusCode()).isEqualTo(403);
        assertThat(get(asked + "&page_token=x", token()).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldSayHowManyLinesCannotBeRead() throws Exception {
        Path file = directory.resolve("access-log").resolve("000000000000001.ndjson");
        Files.createDirectory(file.getParent());
        Files.writeString(file, "{\"cut\n{\"too\n");
        open("metadata");
        get("/api/v1/events/no", "a");
        record("GET /api/v1/events/{id}");

        JsonNode incomplete =
                Http.json(get("/api/v1/access-log?limit=1000", token())).path("incomplete");

        assertThat(incomplete).hasSize(1);
        assertThat(incomplete.at("/0/bound").asText()).isEqualTo("ACCESS_LINES");
        assertThat(incomplete.at("/0/left_out").asInt()).isEqualTo(2);
        assertThat(incomplete.at("/0/explanation").asText())
                .isEqualTo("lines of the access log cannot be read, as one that a crash cut: 2");
    }

    private JsonNode record(String route) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> find(route, ""), Optional::isPresent)
                .orElseThrow();
    }

    private JsonNode record(String route, String what) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> find(route, what), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> find(String route, String what) {
        return records().stream()
                .filter(each -> each.path("route").asText().equals(route))
                .filter(each -> what.isEmpty() || each.get("what").asText().equals(what))
                .findFirst();
    }

    private void awaitStatus(String route, String status) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(statuses(route)).contains(status));
    }

    private List<String> statuses(String route) {
        return records().stream()
                .filter(each -> each.path("route").asText().equals(route))
                .map(each -> each.get("status").asText())
                .toList();
    }

    private List<JsonNode> records() {
        HttpResponse<String> answer = get("/api/v1/access-log?limit=1000", token());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> records = new ArrayList<>();
        Http.json(answer).get("records").forEach(records::add);
        return records;
    }

    private String files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("access-log"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private String token() {
        try {
            return AdminToken.read(directory).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path, String token) {
        return doors.http.send(doors.http.request(path).header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> put(String token) {
        return doors.http.send(
                doors.http
                        .request("/api/v1/expectations")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(EXPECTATION)));
    }

    private static <S extends AbstractStub<S>> S with(S stub, String token) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + token);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
