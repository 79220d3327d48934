package io.tradingecosystem.audit.server.http.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.audit.v1.GetTopologyStructureRequest;
import com.audit.v1.StreamTopologyChangesRequest;
import com.audit.v1.TopologyStructureResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.RawHttp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** The bytes of the Connect protocol, as its specification has them. */
@Timeout(60)
class ConnectWireTest {
    private static final String JSON = "application/json";
    private static final String STREAM = "application/connect+json";
    private static final int LIMIT = 4_096;

    private final EchoTopology service = new EchoTopology();
    private final HttpClient client = HttpClient.newHttpClient();
    private OpenDoorsFixture fixture;

    @BeforeEach
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of("server.drain-delay", "0s"),
                        (doors, monitoring) -> {
                            ConnectRoutes routes =
                                    ConnectRoutes.of(service, monitoring.problems(), LIMIT);
                            doors.routes(routes.path(), routes);
                        });
    }

    @AfterEach
    void close() {
        service.ended.set(true);
        fixture.close();
    }

    private HttpResponse<byte[]> post(String method, String type, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/audit.v1.TopologyService/%s"
                                                .formatted(fixture.doors.httpPort(), method)))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> post(String method, String json, String... headers)
            throws IOException, InterruptedException {
        return post(method, JSON, bytes(json), headers);
    }

    private HttpResponse<byte[]> stream(String json, String... headers)
            throws IOException, InterruptedException {
        return post("StreamTopologyChanges", STREAM, ConnectFrames.message(bytes(json)), headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return Json.mapper().readTree(response.body());
    }

    @Test
    void shouldAnswerJsonWithJson() throws Exception {
        HttpResponse<byte[]> answer =
                post(
                        "GetTopologyStructure",
                        "{\"requestId\":\"r\",\"service_types\":[\"x\"],\"unknown\":{\"a\":1}}",
                        "Connect-Protocol-Version",
                        "1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(text(answer))
                .isEqualTo(
                        "{\"nodes\":[{\"id\":\"a\",\"serviceType\":\"x\",\"status\":"
                                + "\"NODE_STATUS_LIVE\"}],\"requestId\":\"r\"}");
    }

    @Test
    void shouldWriteNumbersOf64BitsAsTexts() throws Exception {
        assertThat(text(post("GetNodeMetadata", "{}")))
                .contains("\"totalRequests\":\"1152921504606846976\"");
    }

    @Test
    void shouldAnswerProtoWithProto() throws Exception {
        HttpResponse<byte[]> answer =
                post(
                        "GetTopologyStructure",
                        "application/proto",
                        GetTopologyStructureRequest.newBuilder()
                                .setRequestId("p")
                                .build()
                                .toByteArray());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/proto");
        assertThat(TopologyStructureResponse.parseFrom(answer.body()).getRequestId())
                .isEqualTo("p");
    }

    @Test
    void shouldInflateABody() throws Exception {
        HttpResponse<byte[]> answer =
                post(
                        "GetTopologyStructure",
                        JSON,
                        gzip(bytes("{\"requestId\":\"z\"}")),
                        "Content-Encoding",
                        "gzip");
        assertThat(text(answer)).contains("\"requestId\":\"z\"");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "problem, 404, not_found, there is no node x",
        "status, 400, failed_precondition, not yet",
        "bug, 500, internal, An error of ours"
    })
    void shouldTellAFailure(String asked, int status, String code, String message)
            throws Exception {
        HttpResponse<byte[]> answer = post("GetNodeMetadata", "{\"requestId\":\"" + asked + "\"}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(json(answer).get("code").asText()).isEqualTo(code);
        assertThat(json(answer).get("message").asText()).startsWith(message);
    }

    @Test
    void shouldTellTheDetailsOfAFailureAsMessages() throws Exception {
        JsonNode detail =
                json(post("GetNodeMetadata", "{\"requestId\":\"problem\"}")).at("/details/0");
        assertThat(detail.get("type").asText()).isEqualTo("google.rpc.ErrorInfo");
        byte[] value = Base64.getDecoder().decode(detail.get("value").asText());
        assertThat(ErrorInfo.parseFrom(value).getMetadataMap()).containsEntry("node", "x");
    }

    @Test
    void shouldEndAMethodWhoseTimeIsOver() throws Exception {
        HttpResponse<byte[]> answer =
                post("GetNodeMetadata", "{\"requestId\":\"never\"}", "Connect-Timeout-Ms", "50");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(json(answer).get("code").asText()).isEqualTo("deadline_exceeded");
    }

    @ParameterizedTest
    @CsvSource({
        "Connect-Timeout-Ms, soon, 400, invalid_argument",
        "Connect-Timeout-Ms, 12345678901, 400, invalid_argument",
        "Connect-Protocol-Version, 2, 400, invalid_argument",
        "x-bytes-bin, *, 400, invalid_argument"
    })
    void shouldRefuseHeadersThatAreNone(String name, String value, int status, String code)
            throws Exception {
        HttpResponse<byte[]> answer = post("GetTopologyStructure", "{}", name, value);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).get("code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"''", "[]", "{", "1", "{\"requestId\":{}}", "\u00ff"})
    void shouldRefuseWhatIsNoMessage(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        HttpResponse<byte[]> answer = post("GetTopologyStructure", JSON, bytes);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("code").asText()).isEqualTo("invalid_argument");
    }

    @Test
    void shouldRefuseAMessageOverTheLimit() throws Exception {
        String large = "{\"requestId\":\"" + "x".repeat(LIMIT) + "\"}";
        assertThat(json(post("GetTopologyStructure", large)).get("code").asText())
                .isEqualTo("resource_exhausted");
        assertThat(text(stream(large))).contains("\"code\":\"resource_exhausted\"");
        byte[] bomb = gzip(bytes("{\"fromSnapshotId\":\"" + "x".repeat(1 << 20) + "\"}"));
        byte[] frame = ConnectFrames.message(bomb);
        frame[0] = 1;
        assertThat(
                        text(
                                post(
                                        "StreamTopologyChanges",
                                        STREAM,
                                        frame,
                                        "Connect-Content-Encoding",
                                        "gzip")))
                .contains("\"code\":\"resource_exhausted\"");
    }

    @Test
    void shouldSayWhichTypesThereAre() throws Exception {
        HttpResponse<byte[]> unary = post("GetTopologyStructure", STREAM, new byte[0]);
        assertThat(unary.statusCode()).isEqualTo(415);
        assertThat(unary.headers().firstValue("Accept-Post"))
                .contains("application/json, application/proto");
        HttpResponse<byte[]> stream = post("StreamTopologyChanges", "{}");
        assertThat(stream.statusCode()).isEqualTo(415);
        assertThat(stream.headers().firstValue("Accept-Post"))
                .contains("application/connect+json, application/connect+proto");
    }

    @Test
    void shouldNotKnowOtherMethods() throws Exception {
        HttpResponse<byte[]> answer = post("Nothing", "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("code").asText()).isEqualTo("unimplemented");
    }

    @Test
    void shouldNotKnowAServiceWithoutAMethod() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/audit.v1.TopologyService"
                                                .formatted(fixture.doors.httpPort())))
                        .header("Content-Type", JSON)
                        .POST(BodyPublishers.ofString("{}"))
                        .build();

        HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("code").asText()).isEqualTo("unimplemented");
    }

    @Test
    void shouldFrameAStream() throws Exception {
        HttpResponse<byte[]> answer =
                stream("{\"fromSnapshotId\":\"end\",\"serviceTypes\":[\"a\"]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(STREAM);
        String message = "{\"snapshotId\":\"a\",\"nodeAdded\":{\"node\":{\"id\":\"a\"}}}";
        ByteString whole =
                ByteString.copyFrom(new byte[] {0, 0, 0, 0, (byte) message.length()})
                        .concat(ByteString.copyFromUtf8(message))
                        .concat(ByteString.copyFrom(new byte[] {2, 0, 0, 0, 2}))
                        .concat(ByteString.copyFromUtf8("{}"));
        assertThat(answer.body()).isEqualTo(whole.toByteArray());
    }

    @Test
    void shouldFrameAStreamInProto() throws Exception {
        byte[] question =
                StreamTopologyChangesRequest.newBuilder()
                        .setFromSnapshotId("end")
                        .build()
                        .toByteArray();
        HttpResponse<byte[]> answer =
                post(
                        "StreamTopologyChanges",
                        "application/connect+proto",
                        ConnectFrames.message(question));
        assertThat(answer.body()).containsExactly(2, 0, 0, 0, 2, '{', '}');
    }

    @Test
    void shouldTakeACompressedMessageOfAStream() throws Exception {
        byte[] frame = ConnectFrames.message(gzip(bytes("{\"fromSnapshotId\":\"end\"}")));
        frame[0] = 1;
        HttpResponse<byte[]> answer =
                post("StreamTopologyChanges", STREAM, frame, "Connect-Content-Encoding", "gzip");
        assertThat(answer.body()).containsExactly(2, 0, 0, 0, 2, '{', '}');
        assertThat(text(post("StreamTopologyChanges", STREAM, frame)))
                .contains("\"code\":\"invalid_argument\"");
    }

    @Test
    void shouldRefuseAnUnknownCoding() throws Exception {
        assertThat(text(stream("{}", "Connect-Content-Encoding", "br")))
                .contains("\"code\":\"unimplemented\"");
    }

    @ParameterizedTest
    @CsvSource({"''", "0 0 0", "0 0 0 0 9 1", "0 0 0 0 0 0", "2 0 0 0 2 123 125"})
    void shouldRefuseAStreamWithoutItsOneMessage(String octets) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String octet : octets.split(" ", -1)) {
            if (!octet.isEmpty()) {
                body.write(Integer.parseInt(octet));
            }
        }
        HttpResponse<byte[]> answer = post("StreamTopologyChanges", STREAM, body.toByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()[0]).isEqualTo((byte) 2);
        assertThat(text(answer)).containsPattern("\"code\":\"(invalid_argument|unimplemented)\"");
    }

    @Test
    void shouldTellInTheLastFrameWhyAStreamEnds() throws Exception {
        HttpResponse<byte[]> answer =
                stream("{\"fromSnapshotId\":\"problem\",\"serviceTypes\":[\"a\"]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer))
                .contains("\"id\":\"a\"")
                .endsWith("{\"error\":{\"code\":\"unavailable\",\"message\":\"it went away\"}}");
    }

    @Test
    void shouldEndAStreamWhoseTimeIsOver() throws Exception {
        HttpResponse<byte[]> answer =
                stream("{\"serviceTypes\":[\"a\"]}", "Connect-Timeout-Ms", "100");
        assertThat(text(answer))
                .contains("\"id\":\"a\"")
                .contains("{\"error\":{\"code\":\"deadline_exceeded\"");
        assertThat(service.left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldHearThatTheClientOfAQuietStreamLeaves() throws Exception {
        try (RawHttp raw = fixture.raw()) {
            raw.send(head("StreamTopologyChanges", 7)).send(ConnectFrames.message(bytes("{}")));
            await().atMost(Duration.ofSeconds(10)).until(() -> service.asked.get() == 1);
            assertThat(service.left.getCount()).isEqualTo(1);
        }
        assertThat(service.left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static String head(String method, int length) {
        return "POST /audit.v1.TopologyService/"
                + method
                + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/connect+json\r\n"
                + "Content-Length: "
                + length
                + "\r\n\r\n";
    }

    @Test
    void shouldSendNoFasterThanTheClientReads() throws Exception {
        try (RawHttp raw = new RawHttp(fixture.doors.httpPort(), 4_096)) {
            raw.send(head("StreamMetricsUpdates", 7)).send(ConnectFrames.message(bytes("{}")));
            raw.readUntil("\r\n\r\n");
            await().atMost(Duration.ofSeconds(10)).until(() -> service.sent.get() > 0);
            long[] before = {-1};
            await().pollInterval(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> {
                                boolean stands = before[0] == service.sent.get();
                                before[0] = service.sent.get();
                                return stands;
                            });
            assertThat(service.sent.get()).isLessThan(5_000);
        }
        assertThat(service.left.await(40, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldLetAnyPageAsk() throws Exception {
        try (RawHttp raw = fixture.raw()) {
            String answer =
                    raw.send(
                                    "OPTIONS /audit.v1.TopologyService/GetTopologyStructure"
                                        + " HTTP/1.1\r\n"
                                        + "Host: h\r\n"
                                        + "Connection: close\r\n"
                                        + "Origin: http://ui.example\r\n"
                                        + "Access-Control-Request-Method: POST\r\n"
                                        + "Access-Control-Request-Headers:"
                                        + " connect-protocol-version,content-type,x-client,x-client-version\r\n\r\n")
                            .readToEnd();
            assertThat(answer)
                    .startsWith("HTTP/1.1 204 ")
                    .containsIgnoringCase("Access-Control-Allow-Origin: *\r\n")
                    .containsIgnoringCase("Connect-Timeout-Ms")
                    .containsIgnoringCase("X-Client-Version");
        }
    }
}
