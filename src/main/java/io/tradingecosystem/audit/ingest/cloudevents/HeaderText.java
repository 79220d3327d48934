package io.tradingecosystem.audit.ingest.cloudevents;

import io.tradingecosystem.audit.common.Utf8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The text of a header in which an attribute of a CloudEvent stands (HTTP binding 1.0.2, section
 * 3.1.3.2): a quoted string is unquoted, then percent-encoded UTF-8 is decoded, once.
 */
final class HeaderText {
    private HeaderText() {}

    /**
     * The text; empty if a percent sign stands before no two hex digits, or what comes is no UTF-8.
     */
    static Optional<String> decode(String header) {
        String text = unquoted(header.strip());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
            } else if (isOctet(bytes, i + 1)) {
                decoded.write(octet(bytes, i + 1));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        byte[] all = decoded.toByteArray();
        return Utf8.isValid(all, 0, all.length)
                ? Optional.of(new String(all, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }

    private static boolean isOctet(byte[] bytes, int at) {
        return at + 1 < bytes.length
                && HexFormat.isHexDigit(bytes[at])
                && HexFormat.isHexDigit(bytes[at + 1]);
    }

    private static int octet(byte[] bytes, int at) {
        return HexFormat.fromHexDigit(bytes[at]) << 4 | HexFormat.fromHexDigit(bytes[at + 1]);
    }
}
