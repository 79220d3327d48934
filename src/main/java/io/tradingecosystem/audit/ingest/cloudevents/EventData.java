package io.tradingecosystem.audit.ingest.cloudevents;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.json.JsonValue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The data of a CloudEvent, by the media type that it is said to be of. */
final class EventData {
    /** The name under which data are kept that are no JSON object. */
    static final String NAME = "data";

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    private EventData() {}

    /** Bytes as JSON, as a text, or as bytes, whatever the media type says. */
    static JsonValue of(byte[] bytes, String mediaType) {
        if (isJson(mediaType)) {
            return JsonValue.read(NAME, bytes);
        }
        Optional<AttributeValue> text =
                isText(mediaType) ? text(bytes, mediaType) : Optional.empty();
        return new JsonValue(
                text.orElseGet(() -> AttributeValue.Bytes.of(bytes)), Optional.empty());
    }

    /** Whether the subtype is json, or ends with +json. */
    static boolean isJson(String mediaType) {
        String bare = bare(mediaType);
        return bare.endsWith("/json") || bare.endsWith("+json");
    }

    private static boolean isText(String mediaType) {
        String bare = bare(mediaType);
        return bare.startsWith("text/") || bare.endsWith("/xml") || bare.endsWith("+xml");
    }

    /** What stands before the parameters, in small letters. */
    static String bare(String mediaType) {
        return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Empty if the bytes are no text of the charset, which is UTF-8 where none is named. */
    private static Optional<AttributeValue> text(byte[] bytes, String mediaType) {
        try {
            Matcher named = CHARSET.matcher(mediaType);
            Charset charset =
                    named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(new AttributeValue.Text(text));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
