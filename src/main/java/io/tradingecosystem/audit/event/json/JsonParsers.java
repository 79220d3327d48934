package io.tradingecosystem.audit.event.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

import io.tradingecosystem.audit.common.UnicodeText;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * Parsers of JSON from outside: nesting is bounded, no key may stand in an object twice, and where
 * bytes are not UTF-8 half a surrogate pair stands for them ({@link UnicodeText}), as it may be
 * written in JSON itself. Jackson's parser of bytes is the faster one, but reads overlong forms,
 * and refuses half a pair in the name of a field.
 */
public final class JsonParsers {
    /** Deeper than any value that is taken, so that one that is not costs its own event alone. */
    private static final int DEEPEST = 10_000;

    private static final int MARK = 4;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private JsonParsers() {}

    /** A parser of bytes that are UTF-8. */
    static JsonParser ofUtf8(byte[] text, int from, int length) throws IOException {
        return FACTORY.createParser(text, from, length);
    }

    /** A parser of bytes, whatever they are; UTF-16 and UTF-32 are read as well. */
    public static JsonParser of(InputStream text) throws IOException {
        PushbackInputStream body = new PushbackInputStream(text, MARK);
        byte[] first = body.readNBytes(MARK);
        body.unread(first);
        if (isWide(first)) {
            return FACTORY.createParser(body);
        }
        skipMark(body, first);
        return FACTORY.createParser(UnicodeText.reader(body));
    }

    /** A JSON text in UTF-16 or UTF-32 has a zero in its first bytes, or the mark of an order. */
    private static boolean isWide(byte[] first) {
        for (byte each : first) {
            if (each == 0) {
                return true;
            }
        }
        return first.length >= 2 && (first[0] & 0xff) >= 0xfe && (first[1] & 0xff) >= 0xfe;
    }

    private static void skipMark(InputStream body, byte[] first) throws IOException {
        boolean marked =
                first.length >= 3
                        && (first[0] & 0xff) == 0xef
                        && (first[1] & 0xff) == 0xbb
                        && (first[2] & 0xff) == 0xbf;
        body.skipNBytes(marked ? 3 : 0);
    }
}
