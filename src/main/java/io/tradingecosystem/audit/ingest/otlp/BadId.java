package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.ByteString;

import io.tradingecosystem.audit.common.UnicodeText;

import java.util.HexFormat;
import java.util.Optional;

/**
 * Ids of OTLP/JSON that are not hex digits, as bytes that are no id because they are too long: what
 * becomes of one is decided for its record alone, as it is for bytes of a wrong length.
 */
final class BadId {
    private static final ByteString PREFIX = ByteString.copyFromUtf8("not hexadecimal: ");

    private BadId() {}

    static ByteString of(String told) {
        return PREFIX.concat(ByteString.copyFromUtf8(UnicodeText.excerpt(told)));
    }

    /** What was told, if it is such an id. */
    static Optional<String> told(ByteString id) {
        return id.startsWith(PREFIX)
                ? Optional.of(id.substring(PREFIX.size()).toStringUtf8())
                : Optional.empty();
    }

    /** The digits of an id, or what was told in their place. */
    static String text(ByteString id) {
        return told(id).orElseGet(() -> HexFormat.of().formatHex(id.toByteArray()));
    }
}
