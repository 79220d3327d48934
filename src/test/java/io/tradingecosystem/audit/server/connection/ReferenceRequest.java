package io.tradingecosystem.audit.server.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One whole request by the grammar of RFC 9112, as regular expressions: slow, and without a thought
 * of pieces. What it says of a request is what the reader must say.
 *
 * @param host whom it is for
 * @param body what its body has, without framing
 */
record ReferenceRequest(String host, String body) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String TEXT = "[\\t\\x20-\\x7e\\x80-\\xff]*";
    private static final Pattern HEAD =
            Pattern.compile(
                    "\\A(?:\\r\\n)*(%s) ([!-~]+) HTTP/1\\.([0-9])\\r\\n((?:%s:%s\\r\\n)*)\\r\\n"
                            .formatted(TOKEN, TOKEN, TEXT));
    private static final Pattern FIELD = Pattern.compile("(%s):(%s)\\r\\n".formatted(TOKEN, TEXT));
    private static final Pattern PATH =
            Pattern.compile("(?:/(?:[\\w.~!$&'()*+,=:@;-]|%[0-9A-Fa-f]{2})*)+");
    private static final Pattern DOTS =
            Pattern.compile("/(?:\\.|%2[eE]){1,2}(?=/|\\z)|%[01][0-9A-Fa-f]|%7[fF]");
    private static final Pattern QUOTED = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern CHUNK =
            Pattern.compile("\\G([0-9A-Fa-f]{1,15})(?:[ \\t]*;%s)?\\r\\n".formatted(TEXT));
    private static final Pattern TRAILERS =
            Pattern.compile("\\G(?:%s:%s\\r\\n)*(?:\\r\\n)+\\z".formatted(TOKEN, TEXT));
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY");

    /** What a request says, if it is one and nothing follows it. */
    static Optional<ReferenceRequest> read(String text) {
        Matcher head = HEAD.matcher(text);
        if (!head.find() || !METHODS.contains(head.group(1))) {
            return Optional.empty();
        }
        String target = head.group(2);
        boolean path =
                PATH.matcher(target).matches() && !DOTS.matcher(target).find() && isText(target);
        boolean old = head.group(3).equals("0");
        Optional<Fields> fields = Fields.of(head.group(4), old);
        if (!path || fields.isEmpty()) {
            return Optional.empty();
        }
        return body(fields.get(), text, head.end())
                .map(body -> new ReferenceRequest(fields.get().host, body));
    }

    /** Whether what is quoted is UTF-8. */
    private static boolean isText(String target) {
        String octets =
                QUOTED.matcher(target)
                        .replaceAll(
                                quoted ->
                                        Matcher.quoteReplacement(
                                                Character.toString(
                                                        Integer.parseInt(quoted.group(1), 16))));
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.getBytes(ISO_8859_1)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Optional<String> body(Fields fields, String text, int from) {
        if (fields.chunked) {
            return chunks(text, from);
        }
        if (fields.length > text.length() - from) {
            return Optional.empty();
        }
        int end = from + (int) fields.length;
        // Empty lines may stand before the next request.
        boolean last = text.substring(end).matches("(?:\\r\\n)*");
        return last ? Optional.of(text.substring(from, end)) : Optional.empty();
    }

    private static Optional<String> chunks(String text, int from) {
        StringBuilder body = new StringBuilder();
        int at = from;
        Matcher chunk = CHUNK.matcher(text);
        while (chunk.find(at)) {
            long size = Long.parseLong(chunk.group(1), 16);
            int data = chunk.end();
            if (size == 0) {
                return TRAILERS.matcher(text).find(data)
                        ? Optional.of(body.toString())
                        : Optional.empty();
            }
            if (size > text.length() - data || !text.startsWith("\r\n", data + (int) size)) {
                return Optional.empty();
            }
            body.append(text, data, data + (int) size);
            at = data + (int) size + 2;
        }
        return Optional.empty();
    }

    private static final class Fields {
        private String host = "";
        private int hosts;
        private long length;
        private int lengths;
        private boolean chunked;
        private boolean wrong;

        static Optional<Fields> of(String lines, boolean old) {
            Fields fields = new Fields();
            Matcher field = FIELD.matcher(lines);
            while (field.find()) {
                fields.take(field.group(1).toLowerCase(Locale.ROOT), strip(field.group(2)), old);
            }
            boolean both = fields.chunked && fields.lengths > 0;
            boolean hosts = fields.hosts > 1 || (fields.hosts == 0 && !old);
            return fields.wrong || both || hosts ? Optional.empty() : Optional.of(fields);
        }

        private static String strip(String value) {
            return value.replaceAll("^[ \\t]+|[ \\t]+$", "");
        }

        private void take(String name, String value, boolean old) {
            switch (name) {
                case "host" -> {
                    host = value;
                    hosts++;
                }
                case "content-length" -> {
                    wrong |= ++lengths > 1 || !value.matches("[0-9]{1,18}");
                    length = wrong ? 0 : Long.parseLong(value);
                }
                case "transfer-encoding" -> {
                    wrong |= old || chunked || !value.equalsIgnoreCase("chunked");
                    chunked = true;
                }
                case "expect" -> wrong |= !value.equalsIgnoreCase("100-continue");
                default -> {
                    // Of no matter to the message itself.
                }
            }
        }
    }
}
