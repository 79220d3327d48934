package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.RequestException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reader says of every request, however it is cut and mutilated, what the grammar says. */
class RequestReaderProperties {
    private static final String NOT_READ = "not read";

    /** A change at a place: what is left out there, and what is put in. */
    record Mutation(int place, int left, String put) {
        String of(String text) {
            int at = Math.floorMod(place, text.length() + 1);
            int end = Math.min(text.length(), at + left);
            return text.substring(0, at) + put + text.substring(end);
        }
    }

    @Provide
    Arbitrary<String> requests() {
        Arbitrary<String> lines =
                Arbitraries.of(
                        "GET / HTTP/1.1",
                        "POST /a/%2Fb;c=d HTTP/1.1",
                        "HEAD /.a/... HTTP/1.0",
                        "PUT /x HTTP/1.2",
                        "OPTIONS /%2e%2e HTTP/1.1",
                        "get / HTTP/1.1");
        Arbitrary<String> fields =
                Arbitraries.of(
                        "Host: h\r\n",
                        "X: y\r\n",
                        "X:\t\u00e4 \r\n",
                        "Connection: keep-alive\r\n",
                        "Expect: 100-continue\r\n",
                        "CONTENT-LENGTH: 5\r\n",
                        "Content-Length: 0\r\n",
                        "Transfer-Encoding: Chunked\r\n",
                        "transfer-encoding: gzip\r\n");
        Arbitrary<String> bodies =
                Arbitraries.of(
                        "",
                        "abcde",
                        "5\r\nabcde\r\n0\r\n\r\n",
                        "2;x=\"y\"\r\nab\r\n3 ;z\r\ncde\r\n00\r\nSum: 1\r\n\r\n",
                        "fff\r\n0\r\n\r\n");
        return lines.flatMap(
                line ->
                        fields.list()
                                .ofMaxSize(4)
                                .flatMap(
                                        some ->
                                                bodies.map(
                                                        body ->
                                                                line
                                                                        + "\r\nHost: h\r\n"
                                                                        + String.join("", some)
                                                                        + "\r\n"
                                                                        + body)));
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        Arbitrary<String> put =
                Arbitraries.of(
                        "",
                        "",
                        "\r",
                        "\n",
                        "\r\n",
                        " ",
                        "\t",
                        ":",
                        ";",
                        "\0",
                        "a",
                        "0",
                        "5",
                        "%",
                        "\u0080",
                        "/",
                        "Content-Length: 5\r\n",
                        "Host: h\r\n",
                        "+",
                        "-",
                        ",");
        return Arbitraries.integers()
                .between(0, 400)
                .flatMap(
                        place ->
                                Arbitraries.integers()
                                        .between(0, 3)
                                        .flatMap(
                                                left ->
                                                        put.map(
                                                                text ->
                                                                        new Mutation(
                                                                                place, left,
                                                                                text))))
                .list()
                .ofMaxSize(3);
    }

    @Property(tries = 5_000)
    void shouldReadWhatTheGrammarReads(
            @ForAll("requests") String request,
            @ForAll("mutations") List<Mutation> mutations,
            @ForAll("pieces") int piece) {
        String sent = request;
        for (Mutation mutation : mutations) {
            sent = mutation.of(sent);
        }
        String expected =
                ReferenceRequest.read(sent)
                        .map(read -> read.host() + " " + read.body())
                        .orElse(NOT_READ);

        assertThat(read(sent, piece)).as("%s", sent).isEqualTo(expected);
    }

    @Provide
    Arbitrary<Integer> pieces() {
        return Arbitraries.of(1, 2, 5, 17, 1_000);
    }

    /** What the reader makes of bytes if they are one request and no more. */
    private static String read(String sent, int piece) {
        RequestReader reader = new RequestReader(Set.of());
        byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder normal = new StringBuilder();
        int heads = 0;
        try {
            for (int from = 0; from < bytes.length; from += piece) {
                reader.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece)));
                for (byte[] next = reader.next(); next.length > 0; next = reader.next()) {
                    normal.append(new String(next, StandardCharsets.ISO_8859_1));
                    heads += reader.takeHead() ? 1 : 0;
                }
            }
        } catch (RequestException e) {
            return NOT_READ;
        }
        return heads == 1 && !reader.hasPartOfHead() ? message(normal.toString()) : NOT_READ;
    }

    private static final Pattern CHUNK = Pattern.compile("\\G([0-9a-f]{8})\r\n");

    private static String message(String normal) {
        int end = normal.indexOf("\r\n\r\n") + 4;
        String body = normal.substring(end);
        Matcher host = Pattern.compile("\r\nHost: (.*)\r\n").matcher(normal);
        String named = host.find() ? host.group(1) : "";
        String told = normal.startsWith("localhost", host.start(1)) ? "" : named;
        return framed(normal.substring(0, end), body)
                .map(data -> told + " " + data)
                .orElse(NOT_READ);
    }

    private static Optional<String> framed(String head, String body) {
        if (!head.contains("\r\nTransfer-Encoding: chunked\r\n")) {
            Matcher length = Pattern.compile("\r\nContent-Length: (\\d+)\r\n").matcher(head);
            long expected = length.find() ? Long.parseLong(length.group(1)) : 0;
            return body.length() == expected ? Optional.of(body) : Optional.empty();
        }
        StringBuilder data = new StringBuilder();
        Matcher chunk = CHUNK.matcher(body);
        int at = 0;
        while (chunk.find(at)) {
            int size = Integer.parseInt(chunk.group(1), 16);
            data.append(body, chunk.end(), chunk.end() + size);
            at = chunk.end() + size + 2;
        }
        return body.startsWith("0\r\n\r\n", at) ? Optional.of(data.toString()) : Optional.empty();
    }
}
