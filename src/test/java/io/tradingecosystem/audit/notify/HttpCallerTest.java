package io.tradingecosystem.audit.notify;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receivers of many kinds, on sockets. */
@Timeout(60)
class HttpCallerTest {
    private final HttpCaller caller = HttpCaller.create(Optional.empty());
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private Optional<ServerSocket> receiver = Optional.empty();

    /** What a receiver does with a connection. */
    private interface Manners {
        void serve(Socket socket) throws IOException;
    }

    @AfterEach
    void close() throws IOException {
        caller.close();
        if (receiver.isPresent()) {
            receiver.get().close();
        }
    }

    @Test
    void shouldPostBodyAndHeaders() throws Exception {
        Answer answer = call(says("HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nok"));

        assertThat(answer).isEqualTo(new Answer.Status(202, Optional.empty(), "ok"));
        assertThat(heads).first().asString().startsWith("POST /hooks?a=b HTTP/1.1");
        assertThat(heads).contains("webhook-id: 1", "content-length: 11");
        assertThat(heads).noneMatch(head -> head.startsWith("upgrade"));
    }

    @Test
    void shouldFollowNoRedirect() throws Exception {
        Answer answer =
                call(
                        says(
                                "HTTP/1.1 307 Temporary Redirect\r\n"
                                        + "location: http://127.0.0.1:1/\r\n"
                                        + "content-length: 0\r\n\r\n"));

        assertThat(answer).isEqualTo(new Answer.Status(307, Optional.empty(), ""));
    }

    @Test
    void shouldGiveWhatTheReceiverAsksToWait() throws Exception {
        Answer answer =
                call(says("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\ncontent-length: 0\r\n\r\n"));

        assertThat(answer).isEqualTo(new Answer.Status(503, Optional.of("7"), ""));
    }

    @Test
    void shouldReadOnlyTheBeginningOfAnAnswerWithoutEnd() throws Exception {
        Answer answer =
                call(
                        socket -> {
                            OutputStream out = socket.getOutputStream();
                            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
                            byte[] much = "x".repeat(65_536).getBytes(ISO_8859_1);
                            while (true) {
                                out.write(much);
                            }
                        });

        assertThat(answer).isEqualTo(new Answer.Status(200, Optional.empty(), "x".repeat(200)));
    }

    @Test
    void shouldGiveUpOnAReceiverThatTakesTheConnectionAndSaysNothing() throws Exception {
        Answer answer =
                call(Duration.ofMillis(300), socket -> socket.getInputStream().readAllBytes());

        assertThat(answer).isEqualTo(new Answer.None("no whole answer within 300ms"));
    }

    @Test
    void shouldGiveUpOnAReceiverWhoseAnswerDoesNotEnd() throws Exception {
        Answer answer =
                call(
                        Duration.ofMillis(300),
                        socket -> {
                            socket.getOutputStream()
                                    .write(
                                            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab"
                                                    .getBytes(ISO_8859_1));
                            socket.getInputStream().readAllBytes();
                        });

        assertThat(answer).isEqualTo(new Answer.None("no whole answer within 300ms"));
    }

    @Test
    void shouldNotTakeAConnectionThatEndsForAnAnswer() throws Exception {
        assertThat(call(socket -> {})).isInstanceOf(Answer.None.class);
        assertThat(call(says("HTTP/1.1 2"))).isInstanceOf(Answer.None.class);
        assertThat(call(says("SSH-2.0-OpenSSH_9.6\r\n\r\n"))).isInstanceOf(Answer.None.class);
    }

    @Test
    void shouldSayThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(caller.call(request("http://127.0.0.1:" + port + "/x", Duration.ofSeconds(5))))
                .isEqualTo(new Answer.None("connection refused"));
    }

    @Test
    void shouldSayThatAHostIsUnknown() throws Exception {
        assertThat(caller.call(request("http://nobody.invalid/x", Duration.ofSeconds(20))))
                .isEqualTo(new Answer.None("unknown host"));
    }

    @Test
    void shouldSayThatTheReceiverSpeaksNoTls() throws Exception {
        int port =
                listen(
                        socket -> {
                            socket.getOutputStream()
                                    .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1));
                            socket.getInputStream().readAllBytes();
                        });

        Answer answer =
                caller.call(request("https://127.0.0.1:" + port + "/x", Duration.ofSeconds(5)));

        assertThat(answer).isInstanceOf(Answer.None.class);
        // The JDK's client sometimes tells of the end of the connection instead of why it ended.
        assertThat(((Answer.None) answer).reason()).matches("(TLS|connection lost): .+");
    }

    @Test
    void shouldTakeAnAnswerThatComesBeforeTheBodyIsRead() throws Exception {
        int port =
                listen(
                        socket -> {
                            socket.getOutputStream()
                                    .write(
                                            "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"
                                                    .getBytes(ISO_8859_1));
                            socket.getInputStream().readNBytes(1 << 20);
                        });
        var large =
                new WebhookCaller.Request(
                        URI.create("http://127.0.0.1:" + port + "/"),
                        Map.of(),
                        "x".repeat(1 << 20),
                        Duration.ofSeconds(20));

        assertThat(caller.call(large)).isEqualTo(new Answer.Status(204, Optional.empty(), ""));
    }

    private Answer call(Manners manners) throws Exception {
        return call(Duration.ofSeconds(20), manners);
    }

    private Answer call(Duration timeout, Manners manners) throws Exception {
        return caller.call(request("http://127.0.0.1:" + listen(manners) + "/hooks?a=b", timeout));
    }

    private static WebhookCaller.Request request(String url, Duration timeout) {
        return new WebhookCaller.Request(
                URI.create(url), Map.of("webhook-id", "1"), "{\"a\": \"bc\"}", timeout);
    }

    private Manners says(String answer) {
        return socket -> {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                heads.add(lowerName(line));
                line = in.readLine();
            }
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
        };
    }

    /** Names of headers have any case. */
    private static String lowerName(String line) {
        int end = line.startsWith("POST") ? 0 : Math.max(0, line.indexOf(':'));
        return line.substring(0, end).toLowerCase(Locale.ROOT) + line.substring(end);
    }

    private int listen(Manners manners) throws IOException {
        if (receiver.isPresent()) {
            receiver.get().close();
        }
        ServerSocket open = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        receiver = Optional.of(open);
        Thread.ofVirtual().start(() -> serve(open, manners));
        return open.getLocalPort();
    }

    private static void serve(ServerSocket open, Manners manners) {
        while (!open.isClosed()) {
            try (Socket socket = open.accept()) {
                manners.serve(socket);
            } catch (IOException e) {
                // The caller has had enough, or the test is over.
                continue;
            }
        }
    }
}
