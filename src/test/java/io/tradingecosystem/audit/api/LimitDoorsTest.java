package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.api.SendingDoors.Outcome;
import io.tradingecosystem.audit.api.SendingDoors.Way;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.testing.ManualTicker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** How the doors hold senders to what each of them may send. */
@Timeout(60)
class LimitDoorsTest {
    private static final int SENDERS = 10;
    private static final Duration NANO = Duration.ofNanos(1);

    @TempDir private Path directory;
    private final ManualTicker ticker = new ManualTicker();
    private final List<SendingDoors> senders = new ArrayList<>();
    private AllDoors doors;

    @BeforeEach
    void open() throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), tokens());
        Path settings =
                Files.writeString(
                        directory.resolve("app.yaml"),
                        """
                        access:
                          limits:
                            events-per-second: 10
                            burst: 1s
                            callers:
                              large: {bytes-per-second: 1KiB, events-per-second: off}
                              many: {events-per-second: 1}
                        ingest: {patience: 0s}
                        """);
        doors =
                AllDoors.guarded(
                        settings,
                        Map.of("access.tokens", tokens.toString()),
                        AdminToken.of(directory),
                        ticker);
    }

    @AfterEach
    void close() throws Exception {
        senders.forEach(SendingDoors::close);
        doors.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldRefuseWhoOwesEventsAtEveryDoorUntilTheyArePaid(Way way) {
        // given a batch that is larger than all that can be saved up
        SendingDoors many = sender("many");
        assertThat(many.send(Way.JSON, "many", 3).code()).isEqualTo("201");

        // when it sends more
        Outcome refused = many.send(way, "many", 1);

        // then it is told when to come back, and is taken then
        assertRefused(way, refused, "EVENTS_PER_SECOND", Duration.ofSeconds(2));
        ticker.advance(Duration.ofSeconds(2));
        assertThat(many.send(way, "many", 1).isTaken()).isFalse();
        ticker.advance(NANO);
        Outcome taken = many.send(way, "many", 1);
        assertThat(taken.isTaken()).as("%s", taken).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldRefuseWhoOwesBytesAtEveryDoor(Way way) {
        SendingDoors large = sender("large");
        assertThat(large.send(Way.JSON, "large", 100).code()).isEqualTo("201");

        Outcome refused = large.send(way, "large", 1);

        assertThat(refused.isTaken()).isFalse();
        assertThat(refused.text()).contains("BYTES_PER_SECOND");
        assertThat(refused.retryAfter()).hasValueSatisfying(d -> assertThat(d).isPositive());
        ticker.advance(refused.retryAfter().orElseThrow());
        Outcome taken = large.send(way, "large", 1);
        assertThat(taken.isTaken()).as("%s", taken).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            // One event at a time; none; cut where its sender owes something.
            names = {"LEGACY", "OTLP_HTTP_METRICS", "OTLP_GRPC_METRICS", "LINES"})
    void shouldCountTheBytesOfEachDoorAsTheyAreRead(Way way) {
        SendingDoors large = sender("large");
        Outcome first = large.send(way, "large", 100);
        assertThat(first.isTaken()).as("%s", first).isTrue();

        Outcome refused = large.send(way, "large", 1);

        // A hundred events have two KiB at least, decompressed, and a KiB a second may come.
        assertThat(refused.retryAfter())
                .hasValueSatisfying(d -> assertThat(d).isGreaterThan(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @EnumSource(names = {"OTLP_HTTP_TRACES", "OTLP_GRPC_LOGS"})
    void shouldTakeAnExportAsAWholeThoughItIsStoredInPieces(Way way) {
        SendingDoors many = sender("many");

        Outcome taken = many.send(way, "many", 3_000);

        assertThat(taken.isTaken()).as("%s", taken).isTrue();
        assertRefused(
                way, many.send(way, "many", 1), "EVENTS_PER_SECOND", Duration.ofSeconds(2_999));
    }

    @Test
    void shouldHoldUpAStreamThatIsReadFasterThanItsSenderMaySend() throws Exception {
        // given a service whose time goes by, which takes a thousand events a second
        Path settings =
                Files.writeString(
                        directory.resolve("held.yaml"),
                        "access: {limits: {events-per-second: 1000, burst: 100ms}}");
        try (AllDoors held = AllDoors.guarded(settings, Map.of(), AdminToken.of(directory));
                SendingDoors nobody =
                        new SendingDoors(
                                held.doors.httpPort(), held.doors.grpcPort(), Optional.empty())) {
            long start = System.nanoTime();

            // when it is sent more than it may be, then all is taken, in its time
            assertThat(nobody.send(Way.LINES, "s", 1_500).code()).isEqualTo("201");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofMillis(300));
            assertThat(
                            Json.mapper()
                                    .readTree(held.http.get("/api/v1/status").body())
                                    .path("ingest")
                                    .path("limited"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void shouldLimitWhoHasNoNameByItsAddress(Way way) {
        SendingDoors nobody =
                new SendingDoors(doors.doors.httpPort(), doors.doors.grpcPort(), Optional.empty());
        senders.add(nobody);
        assertThat(nobody.send(Way.GRPC, "a", 11).code()).isEqualTo("OK");

        Outcome refused = nobody.send(way, "b", 1);

        assertRefused(way, refused, "EVENTS_PER_SECOND", Duration.ofMillis(100));
        assertThat(refused.text()).contains("127.0.0.1");
        assertThat(sender("s1").send(way, "s1", 1).isTaken()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "GRPC_STREAM", "OTLP_GRPC_TRACES"})
    void shouldLimitBehindTheEngineOfHelidonAsWell(Way way) throws Exception {
        Path settings =
                Files.writeString(
                        directory.resolve("helidon.yaml"),
                        "access: {limits: {events-per-second: 1, burst: 1s}}");
        try (AllDoors other =
                        AllDoors.guarded(
                                settings,
                                Map.of("server.grpc.engine", "helidon"),
                                AdminToken.of(directory),
                                ticker);
                SendingDoors nobody =
                        new SendingDoors(
                                other.doors.httpPort(), other.doors.grpcPort(), Optional.empty())) {
            Outcome first = nobody.send(way, "s", 3);
            assertThat(first.isTaken()).as("%s", first).isTrue();
            assertThat(nobody.send(way, "s", 1).isTaken()).isFalse();
            ticker.advance(Duration.ofSeconds(2).plus(NANO));
            Outcome paid = nobody.send(way, "s", 1);
            assertThat(paid.isTaken()).as("%s", paid).isTrue();
        }
    }

    @Test
    void shouldBookWhatWasRefusedByCallerAndNothingOfIt() throws Exception {
        SendingDoors many = sender("many");
        many.send(Way.JSON, "many", 3);
        for (Way way : Way.values()) {
            many.send(way, "of-" + way, 2);
        }

        JsonNode books =
                Json.mapper().readTree(doors.http.get("/api/v1/status").body()).path("ingest");
        assertThat(books.path("total").path("received").asInt()).isEqualTo(3);
        assertThat(books.path("ledger")).hasSize(1);
        JsonNode row = books.path("limited").path(0);
        assertThat(row.path("caller").asText()).isEqualTo("many");
        assertThat(row.path("limit").asText()).isEqualTo("EVENTS_PER_SECOND");
        assertThat(row.path("requests").asInt()).isEqualTo(Way.values().length);
        assertThat(row.path("bytes").asInt()).isPositive();
        assertThat(doors.http.get("/metrics").body())
                .contains(
                        "access_limited_requests_total{caller=\"many\",limit=\"EVENTS_PER_SECOND\",}"
                            + " "
                                + Way.values().length);
    }

    @ParameterizedTest
    @EnumSource(names = {"LINES", "GRPC_STREAM"})
    void shouldTakeTheFirstMessageOfAStreamHoweverLargeItIs(Way way) {
        SendingDoors many = sender("many");

        assertThat(many.send(way, "many", 1).isTaken()).isTrue();
        ticker.advance(Duration.ofSeconds(1));
        Outcome large = many.send(way, "many", 2_000);

        // Of lines, those are one that were read while nothing was on its way.
        assertThat(large.text()).contains("STORED");
        assertThat(many.send(way, "many", 1).retryAfter()).isPresent();
    }

    @Test
    void shouldCostOthersNothingThatOneIsMad() throws Exception {
        // given ten senders, of whom one sends ten times of what each may, in between the others
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < SENDERS; i++) {
                int number = i;
                String name = "s" + number;
                List<Outcome> outcomes =
                        IntStream.range(0, number == 0 ? 10 : 1)
                                .mapToObj(n -> sender(name).send(way(number), name, 10))
                                .toList();
                if (number > 0) {
                    assertThat(outcomes).as(name).allMatch(Outcome::isTaken);
                }
            }
            ticker.advance(Duration.ofSeconds(1).plus(NANO));
        }

        // then all of the others is stored, and only the mad one has refusals
        JsonNode books =
                Json.mapper().readTree(doors.http.get("/api/v1/status").body()).path("ingest");
        assertThat(books.path("ledger").size()).isEqualTo(SENDERS);
        for (JsonNode row : books.path("ledger")) {
            assertThat(row.path("counts").path("stored").asInt()).as("%s", row).isEqualTo(50);
        }
        assertThat(books.path("limited")).hasSize(1);
        assertThat(books.path("limited").path(0).path("caller").asText()).isEqualTo("s0");
        assertThat(books.path("limited").path(0).path("requests").asInt()).isEqualTo(45);
    }

    /** Each sender has a door that takes as many as are given to it. */
    private static Way way(int sender) {
        List<Way> ways =
                List.of(
                        Way.JSON,
                        Way.LINES,
                        Way.GRPC,
                        Way.GRPC_STREAM,
                        Way.OTLP_HTTP_TRACES,
                        Way.OTLP_HTTP_LOGS,
                        Way.OTLP_GRPC_TRACES,
                        Way.OTLP_GRPC_LOGS);
        return ways.get(sender % ways.size());
    }

    private static void assertRefused(Way way, Outcome outcome, String reason, Duration wait) {
        boolean http = outcome.code().length() == 3;
        assertThat(outcome.code())
                .as("%s", outcome)
                .isEqualTo(way.isRepeatedAfter503() ? "503" : http ? "429" : "RESOURCE_EXHAUSTED");
        assertThat(outcome.text()).contains(reason);
        // The header knows whole seconds only.
        assertThat(outcome.retryAfter())
                .contains(http ? Duration.ofSeconds(wait.toSeconds() + 1) : wait.plus(NANO));
    }

    private SendingDoors sender(String name) {
        SendingDoors sender =
                new SendingDoors(
                        doors.doors.httpPort(),
                        doors.doors.grpcPort(),
                        Optional.of("token-" + name));
        senders.add(sender);
        return sender;
    }

    private static String tokens() throws Exception {
        StringBuilder lines = new StringBuilder();
        List<String> names = new ArrayList<>(List.of("large", "many"));
        IntStream.range(0, SENDERS).forEach(i -> names.add("s" + i));
        for (String name : names) {
            byte[] token = ("token-" + name).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token);
            lines.append(name + " sha256:" + HexFormat.of().formatHex(hash) + "\n");
        }
        return lines.toString();
    }
}
