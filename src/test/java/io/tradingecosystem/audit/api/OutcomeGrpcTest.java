package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Duration;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.StatusRuntimeException;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.v1.EvidenceServiceGrpc;
import io.tradingecosystem.audit.v1.GetBundleRequest;
import io.tradingecosystem.audit.v1.GetBundleResponse;
import io.tradingecosystem.audit.v1.GetOutcomeRequest;
import io.tradingecosystem.audit.v1.GetOutcomeResponse;
import io.tradingecosystem.audit.v1.OutcomeServiceGrpc;
import io.tradingecosystem.audit.v1.OutcomeServiceGrpc.OutcomeServiceBlockingStub;
import io.tradingecosystem.audit.v1.Verdict.Status;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Clients that wait for what becomes of a run, and ask for evidence, over gRPC. */
@Timeout(90)
class OutcomeGrpcTest {
    private static final int MAX_WAITING = 64;
    private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(30);

    private AllDoors doors;
    private GrpcChannel channel;
    private OutcomeServiceBlockingStub outcomes;

    @BeforeEach
    void open() {
        doors = AllDoors.open();
        channel = GrpcChannel.to(doors.doors.grpcPort());
        outcomes = OutcomeServiceGrpc.newBlockingStub(channel.channel());
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
        doors.close();
    }

    @Test
    void shouldSayWhatIsSaidOverHttp() {
        doors.run("run");
        JsonNode http = Http.json(doors.http.get("/api/v1/scenarios/run/outcome").body());

        GetOutcomeResponse grpc = outcomes.getOutcome(question("run").build());

        assertThat(grpc.getStatus().name()).isEqualTo(http.get("status").asText());
        assertThat(grpc.getSettled()).isEqualTo(http.get("settled").asBoolean());
        assertThat(grpc.getReason()).isEqualTo(http.get("reason").asText());
        assertThat(grpc.getAsOf()).isEqualTo(http.get("as_of").asText());
        assertThat(grpc.getExpectationsList()).hasSize(http.get("expectations").size());
        JsonNode one = http.at("/expectations/0");
        assertThat(grpc.getExpectations(0).getName()).isEqualTo(one.get("name").asText());
        assertThat(grpc.getExpectations(0).getOccurrences())
                .isEqualTo(one.get("occurrences").asInt());
        assertThat(grpc.getExpectations(0).getPassed())
                .isEqualTo(one.at("/statuses/PASSED").asInt());
        assertThat(grpc.getExpectations(0).getDeciding(0).getId())
                .isEqualTo(one.at("/deciding/0/verdict_id").asText());
    }

    @Test
    void shouldAnswerBeforeTheDeadlineOfTheCaller() {
        outcomes.getOutcome(question("nobody").build());

        GetOutcomeResponse answer =
                outcomes.withDeadlineAfter(8, TimeUnit.SECONDS)
                        .getOutcome(question("nobody").setWait(seconds(60)).build());

        assertThat(answer.getStatus()).isEqualTo(Status.PENDING);
        assertThat(answer.getSettled()).isFalse();
    }

    @Test
    void shouldGiveThePlaceOfWhoIsGoneToAnother() {
        CancellableContext call = Context.current().withCancellation();
        call.run(
                () ->
                        IntStream.range(0, MAX_WAITING)
                                .forEach(
                                        i ->
                                                OutcomeServiceGrpc.newFutureStub(channel.channel())
                                                        .getOutcome(
                                                                question("nobody")
                                                                        .setWait(seconds(60))
                                                                        .build())));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertRefused(question("nobody"), "RESOURCE_EXHAUSTED"));

        call.cancel(null);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThatCode(
                                                () ->
                                                        outcomes.getOutcome(
                                                                question("nobody").build()))
                                        .doesNotThrowAnyException());
    }

    @Test
    void shouldRefuseWhatCannotBeAsked() {
        assertRefused(question("run").setWait(seconds(61)), "at most a minute");
        assertRefused(question("run").setAsOf("x"), "as_of");
        assertRefused(question("run").addExpectations("NO"), "at most 100 names");
        assertRefused(question("run").addExpectations("a,b").addExpectations(""), "100 names");
        List<String> many = new ArrayList<>();
        IntStream.range(0, 101).forEach(i -> many.add("e-" + i));
        assertRefused(question("run").addAllExpectations(many), "at most 100 names");
    }

    @Test
    void shouldGiveTheEvidenceThatIsGivenOverHttp() {
        doors.run("run");
        String id =
                Http.json(doors.http.get("/api/v1/verdicts?scenario_id=run").body())
                        .at("/verdicts/0/id")
                        .asText();
        var evidence = EvidenceServiceGrpc.newBlockingStub(channel.channel());
        List<String> lines = new ArrayList<>();

        evidence.getBundle(GetBundleRequest.newBuilder().setVerdictId(id).build())
                .forEachRemaining((GetBundleResponse each) -> lines.add(each.getLine()));

        assertThat(String.join("\n", lines) + "\n")
                .isEqualTo(doors.http.get("/api/v1/verdicts/" + id + "/bundle").body());
        assertThatThrownBy(() -> evidence.getBundle(GetBundleRequest.getDefaultInstance()).next())
                .hasMessageContaining("NOT_FOUND");
    }

    private void assertRefused(GetOutcomeRequest.Builder question, String why) {
        assertThatThrownBy(() -> outcomes.getOutcome(question.build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining(why);
    }

    private static GetOutcomeRequest.Builder question(String run) {
        return GetOutcomeRequest.newBuilder().setScenarioId(run);
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
