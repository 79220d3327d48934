package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.common.Utf8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the header {@code baggage} of a request (W3C Baggage) says of the run that it belongs to. No
 * request fails for its baggage; what is ignored of it is told. Immutable.
 *
 * @param scenarioId of the run, or empty
 * @param whole whether nothing was ignored: no list member that is none, nothing past {@value
 *     #MAX_MEMBERS} members or {@value #MAX_SIZE} bytes, no second value of the run
 */
record Baggage(String scenarioId, boolean whole) {
    /** The name of the header, in HTTP and in gRPC metadata. */
    static final String HEADER = "baggage";

    static final int MAX_MEMBERS = 64;
    static final int MAX_SIZE = 8_192;

    private static final String KEY = "scenario_id";
    private static final Baggage NONE = new Baggage("", true);

    /** A token of RFC 9110, the octets of baggage, and properties, which mean nothing here. */
    private static final Pattern MEMBER =
            Pattern.compile(
                    "[ \\t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \\t]*=[ \\t]*"
                            + "([!#-+\\--:<-\\[\\]-~]*)[ \\t]*(;.*)?");

    /** Reads the values of all such headers, in their order. */
    static Baggage of(List<String> headers) {
        if (headers.isEmpty()) {
            return NONE;
        }
        String all = String.join(",", headers);
        String read = all.substring(0, Math.min(all.length(), MAX_SIZE));
        String[] members = read.split(",", MAX_MEMBERS + 1);
        boolean whole = all.length() <= MAX_SIZE && members.length <= MAX_MEMBERS;
        // Of a member that a bound cuts, nothing is known.
        return of(List.of(members).subList(0, whole ? members.length : uncut(members)), whole);
    }

    private static int uncut(String[] members) {
        return Math.min(members.length - 1, MAX_MEMBERS);
    }

    private static Baggage of(List<String> members, boolean complete) {
        Optional<String> run = Optional.empty();
        boolean whole = complete;
        for (String text : members) {
            Matcher member = MEMBER.matcher(text);
            boolean valid = member.matches();
            whole &= valid || text.isBlank();
            if (valid && member.group(1).equals(KEY)) {
                Optional<String> value = decoded(member.group(2));
                boolean other = run.isPresent() && !run.equals(value);
                if (value.isEmpty() || other) {
                    // Which of two it is cannot be told.
                    return new Baggage("", false);
                }
                run = value;
            }
        }
        return new Baggage(run.orElse(""), whole);
    }

    /** Percent-decoded; empty if it is no UTF-8, has control characters, or is nothing. */
    private static Optional<String> decoded(String value) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (isEncoded(value, i)) {
                octets.write(HexFormat.fromHexDigits(value, i + 1, i + 3));
                i += 2;
            } else {
                octets.write(value.charAt(i));
            }
        }
        byte[] bytes = octets.toByteArray();
        return Utf8.isValid(bytes, 0, bytes.length)
                ? Optional.of(new String(bytes, StandardCharsets.UTF_8)).filter(Baggage::isId)
                : Optional.empty();
    }

    private static boolean isId(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isEncoded(String value, int at) {
        return value.charAt(at) == '%'
                && at + 2 < value.length()
                && HexFormat.isHexDigit(value.charAt(at + 1))
                && HexFormat.isHexDigit(value.charAt(at + 2));
    }
}
