package io.tradingecosystem.audit.server.http.connect;

import io.grpc.Metadata;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What requests and answers say beside their messages. */
final class ConnectHeaders {
    private static final HeaderName VERSION = HeaderNames.create("Connect-Protocol-Version");
    private static final HeaderName TIMEOUT = HeaderNames.create("Connect-Timeout-Ms");
    private static final HeaderName CODING = HeaderNames.create("Connect-Content-Encoding");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,10}");
    private static final Pattern NAME = Pattern.compile("[0-9a-z_.-]+");
    private static final String BINARY = Metadata.BINARY_HEADER_SUFFIX;

    /** What gRPC or HTTP itself says, and a method has no use for. */
    private static final List<String> OF_PROTOCOLS =
            List.of("connect-", "grpc-", "content-", "accept", "connection", "host", "te", ":");

    private ConnectHeaders() {}

    /** Refuses other versions than the one there is; none is that one. */
    static void requireVersion(ServerRequest request) {
        request.headers()
                .first(VERSION)
                .filter(version -> !version.equals("1"))
                .ifPresent(
                        version -> {
                            throw invalid(
                                    "Connect-Protocol-Version is 1, not \"" + version + "\".");
                        });
    }

    /** In how many nanoseconds the caller gives up. */
    static OptionalLong timeoutNanos(ServerRequest request) {
        String text = request.headers().first(TIMEOUT).orElse("");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!MILLIS.matcher(text).matches()) {
            throw invalid("Connect-Timeout-Ms is up to ten digits.");
        }
        return OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(text)));
    }

    /** Whether the messages of a stream may be compressed. */
    static boolean isGzip(ServerRequest request) {
        String coding = request.headers().first(CODING).orElse("identity").toLowerCase(Locale.ROOT);
        if (!coding.equals("identity") && !coding.equals("gzip")) {
            throw new ProblemException(
                    Problem.of(
                            Kind.UNIMPLEMENTED,
                            "Connect-Content-Encoding is gzip or identity, not \""
                                    + coding
                                    + "\"."));
        }
        return coding.equals("gzip");
    }

    /** What a method of gRPC sees of the headers. */
    static Metadata metadata(ServerRequest request) {
        Metadata metadata = new Metadata();
        for (Header header : request.headers()) {
            String name = header.headerName().lowerCase();
            boolean known = OF_PROTOCOLS.stream().anyMatch(name::startsWith);
            if (!known && NAME.matcher(name).matches()) {
                header.allValues().forEach(value -> put(metadata, name, value));
            }
        }
        return metadata;
    }

    private static void put(Metadata metadata, String name, String value) {
        if (!name.endsWith(BINARY)) {
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
            return;
        }
        try {
            metadata.put(
                    Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER),
                    Base64.getDecoder().decode(value));
        } catch (IllegalArgumentException e) {
            throw invalid("The header " + name + " is not base64.");
        }
    }

    /** Metadata as names and texts. */
    static Map<String, List<String>> texts(Metadata metadata) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (String name : metadata.keys()) {
            if (!name.startsWith("grpc-")) {
                texts.put(name, values(metadata, name));
            }
        }
        return texts;
    }

    private static List<String> values(Metadata metadata, String name) {
        List<String> values = new ArrayList<>();
        if (name.endsWith(BINARY)) {
            var key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
            Iterable<byte[]> all = metadata.getAll(key);
            if (all != null) {
                all.forEach(
                        bytes ->
                                values.add(
                                        Base64.getEncoder()
                                                .withoutPadding()
                                                .encodeToString(bytes)));
            }
            return values;
        }
        var key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        Iterable<String> all = metadata.getAll(key);
        if (all != null) {
            all.forEach(values::add);
        }
        return values;
    }

    /** Puts metadata into an answer's headers. */
    static void add(Metadata metadata, String prefix, ServerResponse response) {
        texts(metadata)
                .forEach(
                        (name, values) ->
                                response.header(
                                        HeaderNames.create(prefix + name),
                                        values.toArray(String[]::new)));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.of(Kind.INVALID, detail));
    }
}
