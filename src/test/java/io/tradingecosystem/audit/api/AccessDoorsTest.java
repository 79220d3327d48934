package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.api.SendingDoors.Way;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.RawHttp;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.PutExpectationRequest;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the doors refuse who may not, and events of others. */
@Timeout(60)
class AccessDoorsTest {
    /** The SHA-256 of "a", as sha256sum prints it. */
    private static final String TOKENS =
            "risk sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\n";

    private static final String EVENT = "{\"id\": \"e-%s\", \"service\": \"%s\", \"type\": \"t\"}";

    @TempDir private Path directory;
    private AllDoors doors;
    private GrpcChannel channel;

    @BeforeEach
    void open() throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), TOKENS);
        Path settings =
                Files.writeString(
                        directory.resolve("app.yaml"),
                        """
                        access:
                          roles: {risk: [send]}
                          services: {risk: [risk-monitor]}
                        ingest: {aliases: {services: {risk-monitor: [risk-service]}}}
                        """);
        doors =
                AllDoors.guarded(
                        settings,
                        Map.of("access.tokens", tokens.toString(), "access.failures", "5"),
                        AdminToken.of(directory));
        channel = GrpcChannel.to(doors.doors.grpcPort());
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
        doors.close();
    }

    @ParameterizedTest
    @CsvSource({"risk-monitor,1", "risk-service,1", "exchange,0", "RISK-MONITOR,0"})
    void shouldTakeEventsOnlyOfServicesThatTheSenderSpeaksFor(String service, int taken) {
        // when it sends by each door that keeps what comes
        List<Way> ways = Arrays.stream(Way.values()).filter(way -> !way.isMetrics()).toList();
        try (SendingDoors risk =
                new SendingDoors(
                        doors.doors.httpPort(), doors.doors.grpcPort(), Optional.of("a"))) {
            for (Way way : ways) {
                String answer = risk.send(way, service, 1).text();

                // then all doors say the same
                assertThat(answer.contains("FOREIGN_SERVICE"))
                        .as("%s: %s", way, answer)
                        .isEqualTo(taken == 0);
            }
        }
        String found = doors.http.get("/api/v1/events?limit=100").body();
        assertThat(found.split("\"service\":\"(?!audit-corr)").length - 1)
                .as(found)
                .isEqualTo(ways.size() * taken);
        String refused = "access_foreign_service_total{caller=\"risk\",} %d.0";
        if (taken == 0) {
            assertThat(doors.http.get("/metrics").body()).contains(refused.formatted(ways.size()));
        }
    }

    @Test
    void shouldRefuseADefinitionBeforeItsBodyIsSent() throws Exception {
        try (RawHttp stranger = new RawHttp(doors.doors.httpPort())) {
            stranger.send(
                    """
                    PUT /api/v1/expectations HTTP/1.1\r
                    Host: here\r
                    Content-Type: application/yaml\r
                    Content-Length: 1000000\r
                    Expect: 100-continue\r
                    \r
                    """);

            String answer = stranger.readToEnd();
            assertThat(answer)
                    .startsWith("HTTP/1.1 401 ")
                    .contains("WWW-Authenticate: Bearer")
                    .contains("application/problem+json")
                    .contains("\"reason\":\"NO_CREDENTIALS\"");
        }
    }

    @Test
    void shouldNameTheReasonOverGrpc() {
        StatusRuntimeException refusal =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                with(ScenarioServiceGrpc.newBlockingStub(channel.channel()))
                                        .putExpectation(
                                                PutExpectationRequest.getDefaultInstance()));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(refusal.getStatus().getDescription())
                .isEqualTo("ROLE_MISSING: this needs the role define, and risk has it not.");
        assertThat(reason(refusal)).isEqualTo("ROLE_MISSING");
    }

    @Test
    void shouldTakeADefinitionFromWhoHasTheToken() throws Exception {
        String token = AdminToken.read(directory).orElseThrow();
        String expectation =
                """
                {"name": "x", "when": {"type": "go"},
                 "expect": [{"name": "p", "event": {"type": "t"}, "within": "1s"}]}
                """;
        HttpResponse<String> answer =
                doors.http.send(
                        doors.http
                                .request("/api/v1/expectations")
                                .header("Authorization", "bearer " + token)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(expectation)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAtOnceWhoGuesses() {
        for (int i = 0; i < 5; i++) {
            assertThat(guess(i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> refused = guess(6);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
        Metadata headers = headers("guess-7");
        StatusRuntimeException overGrpc =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                EventServiceGrpc.newBlockingStub(channel.channel())
                                        .withInterceptors(
                                                MetadataUtils.newAttachHeadersInterceptor(headers))
                                        .recordEvents(RecordEventsRequest.getDefaultInstance()));
        assertThat(overGrpc.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(doors.http.get("/metrics").body())
                .contains("access_denied_total{door=\"http\",reason=\"TOO_MANY_FAILURES\",} 1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost, application/json, 201",
        "evil.example, http://evil.example, application/json, 403",
        "localhost, https://evil.example, application/json, 403",
        "localhost, '', text/plain, 415",
        "anything, '', application/json, 201"
    })
    void shouldAskMoreOfBrowsers(String host, String origin, String mediaType, int code)
            throws Exception {
        String body = EVENT.formatted("b", "s");
        String mark = origin.isEmpty() ? "" : "Origin: " + origin + "\r\n";
        try (RawHttp browser = new RawHttp(doors.doors.httpPort())) {
            browser.send(
                    ("POST /api/v1/events HTTP/1.1\r\nHost: %s\r\n%sContent-Type: %s\r\n"
                                    + "Connection: close\r\nContent-Length: %d\r\n\r\n%s")
                            .formatted(host, mark, mediaType, body.length(), body));

            assertThat(browser.readToEnd()).startsWith("HTTP/1.1 " + code);
        }
    }

    private HttpResponse<String> guess(int number) {
        return doors.http.send(
                doors.http.request("/api/v1/events").header("Authorization", "Bearer g" + number));
    }

    private static <S extends AbstractStub<S>> S with(S stub) {
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers("a")));
    }

    private static Metadata headers(String token) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + token);
        return headers;
    }

    private static String reason(StatusRuntimeException refusal) {
        return StatusProto.fromThrowable(refusal).getDetailsList().stream()
                .map(AccessDoorsTest::unpacked)
                .findFirst()
                .orElseThrow()
                .getReason();
    }

    private static ErrorInfo unpacked(Any detail) {
        try {
            return detail.unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
