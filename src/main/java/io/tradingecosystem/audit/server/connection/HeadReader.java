package io.tradingecosystem.audit.server.connection;

import io.helidon.http.Status;
import io.tradingecosystem.audit.common.ByteWriter;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Reads one head strictly (RFC 9112, 3 to 6) and writes it in one form: HTTP/1.1, a path, one Host,
 * one way of framing, nothing expected. A HEAD is asked for as a GET whose body nobody gets. For
 * one thread.
 *
 * <p>Fault: that of {@link RequestReader}.
 */
final class HeadReader {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY");

    private final byte[] bytes;
    private final int to;
    private final Set<String> codings;
    private final ByteWriter out;
    private int at;
    private String method = "";
    private String authority = "";
    private boolean old;
    private boolean hosted;
    private boolean chunked;
    private boolean awaitsContinue;
    private long length = -1;

    /**
     * A head that is there as a whole, all its lines with CR and LF at their ends.
     *
     * @param to behind the empty line at its end
     * @param codings the content codings that are taken
     */
    HeadReader(byte[] bytes, int from, int to, Set<String> codings) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
        this.codings = codings;
        this.out = new ByteWriter(to - from + 64);
    }

    /** Reads its first line only. */
    void begin() {
        int end = lineEnd();
        requestLine(end);
        at = end + 2;
    }

    /** Reads it, and gives its normal form. */
    byte[] read() {
        begin();
        for (int end = lineEnd(); end > at; end = lineEnd()) {
            field(end);
            at = end + 2;
        }
        frame();
        return out.bytes();
    }

    /** What was read. */
    RequestHead head() {
        return new RequestHead(isHead(), old, chunked, Math.max(0, length), awaitsContinue);
    }

    private boolean isHead() {
        return method.equals("HEAD");
    }

    private int lineEnd() {
        return Octets.find(bytes, at, to, '\r');
    }

    private void requestLine(int end) {
        int target = Octets.find(bytes, at, end, ' ') + 1;
        int version = Octets.find(bytes, Math.min(target, end), end, ' ') + 1;
        if (version >= end || target == version - 1) {
            throw Refused.malformed(
                    "The first line is not that of a request: a method, a path and HTTP/1.1, with"
                            + " one space between.");
        }
        version(version, end);
        method(at, target - 1);
        target(target, version - 1);
        line(" HTTP/1.1");
        if (isHead() || old) {
            line("Connection: close");
        }
    }

    private void version(int from, int end) {
        boolean http =
                end - from == 8
                        && text(from, from + 5).equals("HTTP/")
                        && Octets.is(bytes[from + 5], Octets.DIGIT)
                        && bytes[from + 6] == '.'
                        && Octets.is(bytes[from + 7], Octets.DIGIT);
        if (!http) {
            throw Refused.malformed("The first line does not end with the version of HTTP.");
        }
        if (bytes[from + 5] != '1') {
            throw Refused.with(
                    Status.HTTP_VERSION_NOT_SUPPORTED_505,
                    "HTTP/1.1 and HTTP/1.0 are spoken here.");
        }
        old = bytes[from + 7] == '0';
    }

    private void method(int from, int end) {
        if (from == end || !Octets.all(bytes, from, end, Octets.TOKEN)) {
            throw Refused.malformed("The first line does not begin with a method.");
        }
        method = text(from, end);
        if (!METHODS.contains(method)) {
            throw Refused.with(Status.NOT_IMPLEMENTED_501, "No such method is known here.");
        }
        write(isHead() ? "GET " : method + " ");
    }

    private void target(int from, int end) {
        if (bytes[from] == '/') {
            RequestTarget.write(bytes, from, end, out);
        } else if (method.equals("OPTIONS") && end == from + 1 && bytes[from] == '*') {
            out.octet('/');
        } else {
            absolute(from, end);
        }
    }

    /** The form for proxies; its authority counts, whatever Host says (RFC 9112, 3.2.2). */
    private void absolute(int from, int end) {
        int scheme = Octets.find(bytes, from, end, '/');
        boolean http =
                Octets.spells(bytes, from, scheme, "http:")
                        || Octets.spells(bytes, from, scheme, "https:");
        if (!http || scheme + 2 >= end || bytes[scheme + 1] != '/') {
            throw Refused.malformed("The path does not begin with a slash.");
        }
        int path = Math.min(find(scheme + 2, end, '/'), find(scheme + 2, end, '?'));
        authority = text(scheme + 2, path);
        if (authority.isEmpty() || authority.contains("@")) {
            throw Refused.malformed("The target does not name a host.");
        }
        if (path == end || bytes[path] == '?') {
            out.octet('/');
        }
        RequestTarget.write(bytes, path, end, out);
    }

    private int find(int from, int end, char octet) {
        return Octets.find(bytes, from, end, octet);
    }

    private void field(int end) {
        int colon = Octets.field(bytes, at, end);
        int from = colon + 1;
        int last = end;
        while (from < last && isBlank(bytes[from])) {
            from++;
        }
        while (last > from && isBlank(bytes[last - 1])) {
            last--;
        }
        if (!isSaidAnew(colon, from, last)) {
            out.octets(bytes, at, colon - at).octet(':').octet(' ');
            out.octets(bytes, from, last - from).octet('\r').octet('\n');
        }
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** Whether it is a field of which the normal form has its own. */
    private boolean isSaidAnew(int colon, int from, int end) {
        return switch (colon - at) {
            case 4 -> isNamed(colon, "host") && host();
            case 6 -> isNamed(colon, "expect") && expect(from, end);
            case 10 -> isNamed(colon, "connection") && (isHead() || old);
            case 14 -> isNamed(colon, "content-length") && length(from, end);
            case 16 -> isNamed(colon, "content-encoding") && coding(from, end);
            case 17 -> isNamed(colon, "transfer-encoding") && transfer(from, end);
            default -> false;
        };
    }

    private boolean isNamed(int colon, String name) {
        return Octets.spells(bytes, at, colon, name);
    }

    private boolean host() {
        if (hosted) {
            throw Refused.malformed("The head has more than one Host.");
        }
        hosted = true;
        return !authority.isEmpty();
    }

    private boolean expect(int from, int end) {
        if (!Octets.spells(bytes, from, end, "100-continue")) {
            throw Refused.with(
                    Status.EXPECTATION_FAILED_417, "Only 100-continue can be expected here.");
        }
        awaitsContinue = !old;
        return true;
    }

    private boolean length(int from, int end) {
        String text = text(from, end);
        if (length >= 0 || from == end || !Octets.all(bytes, from, end, Octets.DIGIT)) {
            throw Refused.malformed("Content-Length is not one number of bytes.");
        }
        try {
            length = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refused.malformed("Content-Length is over what is a number here.");
        }
        return true;
    }

    private boolean transfer(int from, int end) {
        if (chunked || old || !Octets.spells(bytes, from, end, "chunked")) {
            throw Refused.malformed(
                    "The only Transfer-Encoding is chunked, once, and not in HTTP/1.0.");
        }
        chunked = true;
        return true;
    }

    private boolean coding(int from, int end) {
        String coding = text(from, end).toLowerCase(Locale.ROOT);
        if (!coding.isEmpty() && !coding.equals("identity")) {
            if (!codings.contains(coding)) {
                throw Refused.coding(coding, codings);
            }
            line("Content-Encoding: " + coding);
        }
        return true;
    }

    private void frame() {
        if (chunked && length >= 0) {
            throw Refused.malformed("The head has both Content-Length and Transfer-Encoding.");
        }
        if (!hosted && !old) {
            throw Refused.malformed("The head has no Host.");
        }
        if (!hosted || !authority.isEmpty()) {
            line("Host: " + (authority.isEmpty() ? "localhost" : authority));
        }
        if (chunked) {
            line("Transfer-Encoding: chunked");
        } else if (length >= 0) {
            line("Content-Length: " + length);
        }
        line("");
    }

    private String text(int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private void line(String text) {
        write(text);
        out.octet('\r').octet('\n');
    }

    private void write(String ascii) {
        out.octets(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }
}
