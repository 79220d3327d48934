package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.helidon.http.RequestException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** One form for whatever is a request, however it was cut on its way; and what is none. */
class RequestReaderTest {
    private static final String HOST = "Host: h\r\n";
    private static final String POST = "POST /p HTTP/1.1\r\n" + HOST;
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    static Stream<Arguments> requests() {
        return Stream.of(
                argumentSet("as it is", "GET /a?b=c HTTP/1.1\r\n" + HOST + "X: y\r\n\r\n", ""),
                argumentSet("blanks around a value", get("X: \t y z\t "), get("X: y z")),
                argumentSet("an empty line before", "\r\n\r\n" + get("X: y"), get("X: y")),
                argumentSet("a later version", "GET / HTTP/1.3\r\n" + HOST + "\r\n", get("")),
                argumentSet(
                        "HEAD",
                        "HEAD / HTTP/1.1\r\n" + HOST + "Connection: keep-alive\r\n\r\n",
                        "GET / HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n"),
                argumentSet(
                        "HTTP/1.0",
                        "GET / HTTP/1.0\r\n\r\n",
                        "GET / HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n"),
                argumentSet(
                        "the absolute form",
                        "GET http://there:80/a HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET /a HTTP/1.1\r\nHost: there:80\r\n\r\n"),
                argumentSet(
                        "a host alone",
                        "GET HTTPS://there?q HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET /?q HTTP/1.1\r\nHost: there\r\n\r\n"),
                argumentSet(
                        "all of the server",
                        "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n",
                        "OPTIONS / HTTP/1.1\r\n" + HOST + "\r\n"),
                argumentSet(
                        "a body with a length, and the next request",
                        POST + "content-length: 3\r\n\r\nabc" + get(""),
                        POST + "Content-Length: 3\r\n\r\nabc" + get("")),
                argumentSet(
                        "an expectation",
                        POST + "Expect: 100-Continue\r\nContent-Length: 1\r\n\r\na",
                        POST + "Content-Length: 1\r\n\r\na"),
                argumentSet(
                        "codings",
                        POST + "Content-Encoding: GZip\r\nContent-Length: 0\r\n\r\n",
                        POST + "Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n"),
                argumentSet("no coding", get("Content-Encoding: identity"), get("")));
    }

    private static String get(String field) {
        return "GET / HTTP/1.1\r\n" + HOST + (field.isEmpty() ? "" : field + "\r\n") + "\r\n";
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldGiveOneForm(String request, String normal) {
        String expected = normal.isEmpty() ? request : normal;
        assertThat(read(request, request.length())).isEqualTo(expected);
        assertThat(read(request, 1)).isEqualTo(expected);
        for (int cut = 1; cut < request.length(); cut++) {
            assertThat(read(request, cut)).as("in pieces of %d", cut).isEqualTo(expected);
        }
    }

    @Test
    void shouldJoinChunksWithoutWhatFramesThem() {
        String body = "3;a=\"b\"\r\nabc\r\n1 ; c\r\nd\r\n0\r\nSum: 4\r\n\r\n";
        String end = "\r\n0\r\n\r\n";
        assertThat(read(CHUNKED + body + get(""), 1 << 10))
                .isEqualTo(CHUNKED + "00000004\r\nabcd" + end + get(""));
        for (int cut = 1; cut < body.length(); cut++) {
            String normal = read(CHUNKED + body, cut);
            assertThat(normal.substring(CHUNKED.length()).replaceAll("0000000\\d\r\n|\r\n", ""))
                    .as("in pieces of %d", cut)
                    .isEqualTo("abcd0");
        }
    }

    @Test
    void shouldGiveTheDataOfAChunkBeforeItsEndHasCome() {
        RequestReader reader = new RequestReader(Set.of());
        reader.add(bytes(CHUNKED + "ff\r\nab"));

        assertThat(text(reader.next())).isEqualTo(CHUNKED);
        assertThat(text(reader.next())).isEqualTo("00000002\r\nab\r\n");
        assertThat(reader.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+3",
        "-1",
        "0x3",
        "3g",
        "''",
        "' 3'",
        "'3 '",
        "1234567890123456",
        "'3;\u0001'",
        "'3,4'"
    })
    void shouldRefuseASizeThatIsNone(String size) {
        assertRefused(CHUNKED + size + "\r\nabc\r\n0\r\n\r\n", 400);
    }

    @ParameterizedTest
    @CsvSource({"abcX", "ab", "'abc\n'", "'abc\r'"})
    void shouldLookAtWhatFollowsAChunk(String data) {
        assertRefused(CHUNKED + "3\r\n" + data + "X0\r\n\r\n", 400);
    }

    @Test
    void shouldRefuseTrailersThatAreNone() {
        assertRefused(CHUNKED + "0\r\nGET / HTTP/1.1\r\n\r\n", 400);
        assertRefused(CHUNKED + "0\r\n: x\r\n\r\n", 400);
        assertRefused(CHUNKED + "0\r\n" + "X: y\r\n".repeat(4 << 10), 431);
    }

    @Test
    void shouldRefuseABodyThatIsMostlyExtensions() {
        assertRefused(CHUNKED + ("1;" + "e".repeat(500) + "\r\nx\r\n").repeat(100), 400);
        assertThat(read(CHUNKED + "1\r\nx\r\n".repeat(100_000), 1 << 14)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 1\r\nContent-Length: 1', 400",
        "'Content-Length: 1, 1', 400",
        "'Content-Length: +1', 400",
        "'Content-Length: ', 400",
        "'Content-Length: 9223372036854775808', 400",
        "'Content-Length: 1\r\nTransfer-Encoding: chunked', 400",
        "'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', 400",
        "'Transfer-Encoding: gzip, chunked', 400",
        "'Transfer-Encoding: chunked;q=1', 400",
        "'Transfer-Encoding : chunked', 400",
        "'Host: i', 400",
        "'X: y\r\n z', 400",
        "'X: a\u0007b', 400",
        "'Expect: 200', 417",
        "'Content-Encoding: br', 415",
        "'Content-Encoding: gzip, gzip', 415"
    })
    void shouldRefuseFields(String field, int status) {
        assertRefused(POST + field + "\r\n\r\n", status);
    }

    @ParameterizedTest
    @CsvSource({
        "GET  / HTTP/1.1, 400",
        "'GET / HTTP/1.1 ', 400",
        "' GET / HTTP/1.1', 400",
        "GET /, 400",
        "GET / HTTP/1, 400",
        "GET / http/1.1, 400",
        "GET / HTTP/2.0, 505",
        "get / HTTP/1.1, 501",
        "CONNECT a:1 HTTP/1.1, 501",
        "GET a HTTP/1.1, 400",
        "GET * HTTP/1.1, 400",
        "GET ftp://a/ HTTP/1.1, 400",
        "GET http:///a HTTP/1.1, 400",
        "GET http://u@a/ HTTP/1.1, 400"
    })
    void shouldRefuseFirstLines(String line, int status) {
        assertRefused(line + "\r\n" + HOST + "\r\n", status);
        // Nothing more need come for that.
        assertRefused(line + "\r\n", status);
    }

    @Test
    void shouldReadNothingBehindWhatItRefused() {
        RequestReader reader = new RequestReader(Set.of());
        reader.add(bytes("GET / HTTP/1.1\r\n\r\n" + get("")));

        assertThatThrownBy(reader::next).isInstanceOf(RequestException.class);
        assertThatThrownBy(reader::next).isNotInstanceOf(RequestException.class);
        assertThat(reader.hasRefused()).isTrue();
    }

    @Test
    void shouldAskForABodyOnlyWhereNothingOfItHasCome() {
        String head = POST + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n";
        RequestReader waiting = new RequestReader(Set.of());
        waiting.add(bytes(head));
        waiting.next();
        RequestReader sent = new RequestReader(Set.of());
        sent.add(bytes(head + "a"));
        sent.next();

        assertThat(waiting.takeContinue()).isTrue();
        assertThat(waiting.takeContinue()).isFalse();
        assertThat(sent.takeContinue()).isFalse();
    }

    private static void assertRefused(String request, int status) {
        for (int cut : new int[] {request.length(), 7, 1}) {
            assertThatThrownBy(() -> read(request, cut))
                    .isInstanceOfSatisfying(
                            RequestException.class,
                            refused -> assertThat(refused.status().code()).isEqualTo(status));
        }
    }

    /** What it makes of a request that comes in pieces. */
    private static String read(String request, int piece) {
        RequestReader reader = new RequestReader(Set.of("gzip"));
        StringBuilder normal = new StringBuilder();
        byte[] bytes = bytes(request);
        for (int from = 0; from < bytes.length; from += piece) {
            reader.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece)));
            for (byte[] next = reader.next(); next.length > 0; next = reader.next()) {
                normal.append(text(next));
            }
        }
        return normal.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
