package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.ServerSentEvents;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;
import io.tradingecosystem.audit.v1.WatchVerdictsRequest;
import io.tradingecosystem.audit.v1.WatchVerdictsResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What watchers hear when what they watch cannot be read any further. */
class MidwayTest {
    private Monitoring monitoring;
    private OpenDoors doors;

    /** Three places of which the first was given up; behind the third the disk is damaged. */
    private static final class Damaged implements Live<String> {
        @Override
        public Batch<String> after(long place, int limit) {
            if (place >= 3) {
                throw new IllegalStateException("damaged behind " + place);
            }
            return Live.gapless(place, List.of(new Item<>(2, "two"), new Item<>(3, "three")), 3, 2);
        }

        @Override
        public void await(long place, Duration timeout) {
            throw new IllegalStateException("there is nothing to wait for");
        }

        @Override
        public String log() {
            return "damaged";
        }

        @Override
        public long last() {
            return 9;
        }
    }

    /** The places of {@link Damaged} over gRPC. */
    private static final class Watched extends ScenarioServiceGrpc.ScenarioServiceImplBase {
        private final LiveCalls calls = new LiveCalls("damaged");

        @Override
        public void watchVerdicts(
                WatchVerdictsRequest request, StreamObserver<WatchVerdictsResponse> response) {
            calls.watch(
                    new Damaged(),
                    response,
                    new LiveCalls.From(request.getLog(), request.getAfter()),
                    item -> WatchVerdictsResponse.newBuilder().setSequence(item.place()).build(),
                    skipped -> WatchVerdictsResponse.newBuilder().setSkipped(skipped).build(),
                    gap -> WatchVerdictsResponse.newBuilder().setGap(gap).build(),
                    place -> Optional.empty());
        }
    }

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), Instant.EPOCH), Time.system());
        LiveStream<String> stream = new LiveStream<>("place", text -> text);
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes(
                                "/damaged",
                                rules ->
                                        rules.get(
                                                "/",
                                                (request, response) ->
                                                        stream.send(
                                                                new Damaged(),
                                                                QueryParameters.of(
                                                                        request, "after"),
                                                                request,
                                                                response)))
                        .service(new Watched())
                        .open();
    }

    @AfterEach
    void close() {
        doors.close();
        monitoring.close();
    }

    @Test
    void shouldEndServerSentEventsWithAProblem() throws IOException, InterruptedException {
        try (var stream = ServerSentEvents.of(doors.httpPort(), "/damaged?after=0")) {
            assertThat(stream.next("event")).isEqualTo("skipped");
            assertThat(stream.next("data")).isEqualTo("{\"from\":1,\"to\":1}");
            assertThat(stream.next("data")).isEqualTo("two");
            assertThat(stream.next("data")).isEqualTo("three");
            assertThat(stream.next("event")).isEqualTo("problem");
            assertThat(stream.next("data"))
                    .contains("\"status\":500")
                    .contains("\"error_id\":")
                    .doesNotContain("damaged behind");
        }
    }

    @Test
    void shouldEndGrpcWithDataLoss() {
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            var watched =
                    ScenarioServiceGrpc.newBlockingStub(channel.channel())
                            .watchVerdicts(WatchVerdictsRequest.newBuilder().setAfter(-1).build());

            assertThat(watched.next().getSkipped().getTo()).isEqualTo(1);
            assertThat(watched.next().getSequence()).isEqualTo(2);
            assertThat(watched.next().getSequence()).isEqualTo(3);
            assertThatThrownBy(watched::next).hasMessageStartingWith("DATA_LOSS: An error of ours");
        }
    }

    @Test
    void shouldEndGrpcWithAnInternalErrorBeforeTheFirstMessage() {
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            var watched =
                    ScenarioServiceGrpc.newBlockingStub(channel.channel())
                            .watchVerdicts(WatchVerdictsRequest.newBuilder().setAfter(3).build());

            assertThatThrownBy(watched::next).hasMessageStartingWith("INTERNAL: An error of ours");
        }
    }
}
