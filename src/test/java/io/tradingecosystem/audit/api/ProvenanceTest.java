package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc;
import io.tradingecosystem.audit.v1.CreateLinkRequest;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.GetCoverageRequest;
import io.tradingecosystem.audit.v1.GetEventRequest;
import io.tradingecosystem.audit.v1.Provenance;
import io.tradingecosystem.audit.v1.PutExpectationRequest;
import io.tradingecosystem.audit.v1.ReportGapRequest;
import io.tradingecosystem.audit.v1.ReportGapResponse;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Who said what the correlator says, in its events and in answers, at each door. */
@Timeout(60)
class ProvenanceTest {
    private static final String EXPECTATION =
            "{name: %s, when: {type: a}, expect: [{name: b, event: {type: b}, within: 5s}]}";

    @TempDir private Path directory;

    private AllDoors open(String engine) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("expectations"));
        Files.writeString(folder.resolve("all.yaml"), EXPECTATION.formatted("of-a-file"));
        AllDoors doors =
                AllDoors.guarded(
                        Files.writeString(directory.resolve("app.yaml"), "access: {}"),
                        Map.of(
                                "server.grpc.engine",
                                engine,
                                "scenario.expectations",
                                folder.toString()),
                        AdminToken.of(directory));
        doors.verdicts.awaitDefinitions();
        return doors;
    }

    private static void assertAdmin(JsonNode of, String door) {
        JsonNode provenance = of.path("provenance");
        assertThat(provenance.path("caller").asText()).as("%s", of).isEqualTo("admin");
        assertThat(provenance.path("caller_kind").asText()).isEqualTo("token");
        assertThat(provenance.path("door").asText()).isEqualTo(door);
        assertThat(provenance.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(Instant.parse(provenance.path("at").asText())).isBefore(Instant.now());
    }

    private static void assertAdmin(Provenance provenance) {
        assertThat(provenance.getCaller()).isEqualTo("admin");
        assertThat(provenance.getCallerKind()).isEqualTo("token");
        assertThat(provenance.getDoor()).isEqualTo("grpc");
        assertThat(provenance.getAddress()).isEqualTo("127.0.0.1");
        assertThat(Protobuf.instant(provenance.getAt())).isBefore(Instant.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldTellWhoPutAnExpectation(String engine) throws Exception {
        try (AllDoors doors = open(engine);
                GrpcChannel channel = GrpcChannel.to(doors.doors.grpcPort())) {
            JsonNode put = send(doors, "PUT", "/api/v1/expectations", EXPECTATION.formatted("h"));
            Provenance called =
                    with(ScenarioServiceGrpc.newBlockingStub(channel.channel()))
                            .putExpectation(
                                    PutExpectationRequest.newBuilder()
                                            .setDefinition(EXPECTATION.formatted("g"))
                                            .build())
                            .getProvenance();

            assertAdmin(put, "http");
            assertAdmin(called);
            assertAdmin(json(doors, "/api/v1/expectations/h"), "http");
            assertAdmin(json(doors, "/api/v1/expectations/g"), "grpc");
            JsonNode file = json(doors, "/api/v1/expectations/of-a-file").path("provenance");
            assertThat(file.path("door").asText()).isEqualTo("folder");
            assertThat(file.path("address").asText()).endsWith("all.yaml:1");
            assertThat(file.has("caller")).isFalse();
            assertThat(
                            with(ScenarioServiceGrpc.newBlockingStub(channel.channel()))
                                    .getCoverage(GetCoverageRequest.getDefaultInstance())
                                    .getExpectationsList())
                    .extracting(each -> each.getProvenance().getDoor())
                    .containsExactly("grpc", "http", "folder");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldTellWhoToldALink(String engine) throws Exception {
        try (AllDoors doors = open(engine);
                GrpcChannel channel = GrpcChannel.to(doors.doors.grpcPort())) {
            doors.links.start();
            String event = "{\"id\": \"%s\", \"service\": \"s\", \"type\": \"t\"}";
            send(doors, "POST", "/api/v1/events", event.formatted("a"));
            send(doors, "POST", "/api/v1/events", event.formatted("b"));

            String link = "{\"cause_id\":\"a\",\"effect_id\":\"b\",\"type\":\"own\"}";
            JsonNode posted = send(doors, "POST", "/api/v1/links", link);
            String older =
                    "{\"source_event_id\":\"a\",\"target_event_id\":\"b\",\"correlation_type\":\"older\"}";
            send(doors, "POST", "/api/v1/audit/correlations", older);
            Provenance called =
                    with(CorrelationServiceGrpc.newBlockingStub(channel.channel()))
                            .createLink(
                                    CreateLinkRequest.newBuilder()
                                            .setCauseId("a")
                                            .setEffectId("b")
                                            .setType("called")
                                            .build())
                            .getLink()
                            .getProvenance();

            assertAdmin(posted, "http");
            assertAdmin(called);
            JsonNode links = json(doors, "/api/v1/links").path("links");
            assertThat(links).hasSize(3);
            links.forEach(
                    each ->
                            assertAdmin(
                                    each,
                                    each.path("rule").asText().equals("called") ? "grpc" : "http"));
            json(doors, "/api/v1/events/b/chain")
                    .path("links")
                    .forEach(each -> assertThat(each.has("provenance")).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldTellOfLostEventsOverGrpcAsOverHttp(String engine) throws Exception {
        try (AllDoors doors = open(engine);
                GrpcChannel channel = GrpcChannel.to(doors.doors.grpcPort())) {
            Instant to = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            ReportGapRequest request =
                    ReportGapRequest.newBuilder()
                            .setService("exchange")
                            .setFrom(Protobuf.timestamp(to.minusSeconds(60)))
                            .setTo(Protobuf.timestamp(to))
                            .build();
            var gaps = with(ScenarioServiceGrpc.newBlockingStub(channel.channel()));

            ReportGapResponse first = gaps.reportGap(request);
            ReportGapResponse again = gaps.reportGap(request);
            String body = "{\"service\":\"exchange\",\"from\":\"%s\",\"to\":\"%s\"}";
            JsonNode posted =
                    send(doors, "POST", "/api/v1/gaps", body.formatted(to.minusSeconds(60), to));

            assertThat(first.getOutcome()).isEqualTo(ReportGapResponse.Outcome.STORED);
            assertThat(again.getOutcome()).isEqualTo(ReportGapResponse.Outcome.DUPLICATE);
            assertThat(posted.path("outcome").asText()).isEqualTo("DUPLICATE");
            assertThat(posted.path("id").asText()).isEqualTo(first.getId());
            AuditEvent event = doors.store.byId(first.getId()).orElseThrow();
            assertThat(event.author()).isEqualTo(Author.OWN);
            assertThat(event.attribute("caller")).isEqualTo("admin");
            assertThat(event.attribute("door")).isEqualTo("grpc");
            assertThat(event.attribute("address")).isEqualTo("127.0.0.1");
            assertThat(
                            with(EventServiceGrpc.newBlockingStub(channel.channel()))
                                    .getEvent(
                                            GetEventRequest.newBuilder()
                                                    .setId(first.getId())
                                                    .build())
                                    .getEvent()
                                    .getAuthor())
                    .isEqualTo(Event.Author.OWN);
        }
    }

    private <S extends AbstractStub<S>> S with(S stub) throws Exception {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + token());
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private JsonNode send(AllDoors doors, String method, String path, String body)
            throws Exception {
        var answer =
                doors.http.send(
                        doors.http
                                .request(path)
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Bearer " + token())
                                .method(method, BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return Http.json(answer);
    }

    private String token() throws IOException {
        return AdminToken.read(directory).orElseThrow();
    }

    private static JsonNode json(AllDoors doors, String path) {
        return Http.json(doors.http.get(path));
    }
}
