package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;

import io.helidon.webserver.WebServer;
import io.tradingecosystem.audit.api.ValidRequests.Sample;
import io.tradingecosystem.audit.ingest.Ledger;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Valid bodies and queries with some bytes changed, at every door over HTTP: whatever they are now,
 * the answer is one of the door, in its form, and all that was received is accounted for.
 */
class MutatedRequestsProperties {
    private static final String SEED = "20260131";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static AllDoors doors;
    private static CapturedLog log;
    private static CapturedLog serverLog;

    /** A change at a place: how many bytes are left out there, what is put in, and how often. */
    record Mutation(int place, int left, byte[] put, int times) {
        byte[] of(byte[] bytes) {
            int at = Math.floorMod(place, bytes.length + 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            for (int i = 0; i < times; i++) {
                out.writeBytes(put);
            }
            int rest = Math.min(bytes.length, at + left);
            out.write(bytes, rest, bytes.length - rest);
            return out.toByteArray();
        }
    }

    @BeforeContainer
    static void open() {
        doors = AllDoors.open();
        doors.run("run");
        log = CapturedLog.of(QueryParameters.class.getPackage());
        serverLog = CapturedLog.of(WebServer.class.getPackage());
    }

    @AfterContainer
    static void close() throws Exception {
        log.close();
        serverLog.close();
        doors.close();
    }

    @AfterProperty
    void shouldAccountForAllThatWasReceivedAndFailAtNothing() {
        long stored = 0;
        for (Ledger.Entry row : doors.intake.ledger().entries()) {
            long rejected = row.rejected().values().stream().mapToLong(Long::longValue).sum();
            assertThat(row.stored() + row.duplicate() + row.conflict() + rejected)
                    .as(row.toString())
                    .isEqualTo(row.received());
            stored += row.stored();
        }
        long taken =
                doors.store.read(0, Integer.MAX_VALUE / 2).stream()
                        .filter(event -> !event.type().startsWith("audit."))
                        .filter(event -> !event.id().endsWith("-run"))
                        .count();
        assertThat(taken).isEqualTo(stored);
        assertThat(log.lines()).isEmpty();
        assertThat(serverLog.lines()).isEmpty();
    }

    @Property(tries = 3_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerAnyBodyInTheFormOfTheDoor(
            @ForAll("bodies") Sample sample, @ForAll("mutations") List<Mutation> mutations)
            throws Exception {
        byte[] body = mutated(sample.body(), mutations);

        HttpResponse<byte[]> answer =
                CLIENT.send(
                        doors.http
                                .request(sample.path())
                                .header("Content-Type", sample.type())
                                .method(sample.method(), BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isIn(200, 201, 207, 400, 409, 413);
        if (sample.isOtlp()) {
            requireOtlp(sample.type(), answer);
        } else {
            requireOwn(answer.statusCode(), type(answer), text(answer));
        }
    }

    @Property(tries = 1_500, seed = SEED, edgeCases = EdgeCasesMode.NONE)
    void shouldAnswerAnyQueryWithADocumentOrAProblem(
            @ForAll("queries") String path, @ForAll("mutations") List<Mutation> mutations)
            throws IOException {
        int begin = path.indexOf('?') + 1;
        byte[] query =
                mutated(path.substring(begin).getBytes(StandardCharsets.ISO_8859_1), mutations);
        String target = path.substring(0, begin) + spaceless(query);

        String answer;
        try (RawHttp client = new RawHttp(doors.doors.httpPort())) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            answer = client.finish().readToEnd();
        }

        int head = answer.indexOf("\r\n\r\n");
        int status = Integer.parseInt(answer.substring(9, 12));
        assertThat(status).as(answer).isIn(200, 400, 404, 414);
        String type = answer.replaceFirst("(?is).*?\r\nContent-Type: ([^\r]*)\r.*", "$1");
        requireOwn(status, type, unchunked(answer.substring(head + 4)));
    }

    /** A line must stay one. */
    private static String spaceless(byte[] query) {
        return new String(query, StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x20\\x7f]", "+");
    }

    private static String unchunked(String body) {
        return body.startsWith("{") ? body : body.replaceAll("(?m)^[0-9a-fA-F]+\r\n|\r\n", "");
    }

    private static byte[] mutated(byte[] bytes, List<Mutation> mutations) {
        byte[] mutated = bytes;
        for (Mutation mutation : mutations) {
            mutated = mutation.of(mutated);
        }
        return mutated;
    }

    private static void requireOtlp(String asked, HttpResponse<byte[]> answer)
            throws InvalidProtocolBufferException {
        assertThat(type(answer)).isEqualTo(asked);
        if (answer.statusCode() == 200) {
            return;
        }
        if (asked.equals(ValidRequests.PROTOBUF)) {
            Status status = Status.parseFrom(answer.body());
            assertThat(status.getCode()).isPositive();
            assertThat(status.getMessage()).isNotBlank();
        } else {
            JsonNode status = Http.json(text(answer));
            assertThat(status.get("code").isInt()).isTrue();
            assertThat(status.get("message").asText()).isNotBlank();
        }
    }

    private static void requireOwn(int status, String type, String body) {
        JsonNode document = Http.json(body);
        if (status < 400) {
            assertThat(type).startsWith(ValidRequests.JSON);
            return;
        }
        assertThat(type).isEqualTo("application/problem+json");
        assertThat(document.get("status").asInt()).isEqualTo(status);
        assertThat(document.get("detail").asText()).isNotBlank();
        assertThat(document.get("error")).isEqualTo(document.get("detail"));
    }

    private static String type(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<Sample> bodies() {
        return Arbitraries.of(ValidRequests.bodies());
    }

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.of(ValidRequests.queries());
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        Arbitrary<byte[]> telling =
                Arbitraries.of(
                                "",
                                "null",
                                "{",
                                "[",
                                "]",
                                "\"",
                                "\\ud800",
                                "1e999",
                                "-",
                                ".",
                                "0",
                                "%",
                                "99999999999999999999",
                                "999999999999d",
                                "\0",
                                "%00",
                                "%ff",
                                "&",
                                "=",
                                ",",
                                ":",
                                "\n",
                                "  ",
                                "- ",
                                "&a ",
                                "*a ",
                                "!!x ",
                                "\u00e9")
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(6);
        Arbitrary<Integer> times =
                Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(9, Arbitraries.just(1)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.of(0, 2, 70, 200)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4_000),
                        Arbitraries.of(0, 0, 0, 1, 1, 2, 8, 10_000),
                        Arbitraries.oneOf(Arrays.asList(telling, any)),
                        times)
                .as(Mutation::new)
                .list()
                .ofMinSize(0)
                .ofMaxSize(4);
    }
}
