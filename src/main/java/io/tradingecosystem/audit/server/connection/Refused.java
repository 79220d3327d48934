package io.tradingecosystem.audit.server.connection;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

import java.util.Collection;
import java.util.TreeSet;

/**
 * How a request is refused that is not one of HTTP/1.1: with a status, and what is wrong as a
 * sentence.
 *
 * <p>Fault: that of {@link RequestReader}.
 */
final class Refused {
    static final Status FIELDS_TOO_LARGE = Status.create(431, "Request Header Fields Too Large");

    private Refused() {}

    static RequestException malformed(String reason) {
        return with(Status.BAD_REQUEST_400, reason);
    }

    static RequestException with(Status status, String reason) {
        return builder(status, reason).build();
    }

    /** A content coding that nobody here can take back; the answer says which ones can be. */
    static RequestException coding(String coding, Collection<String> known) {
        String taken = String.join(", ", new TreeSet<>(known));
        return builder(
                        Status.UNSUPPORTED_MEDIA_TYPE_415,
                        "The content coding \"%s\" is not taken here, but any of %s."
                                .formatted(coding, taken))
                .header(HeaderValues.create(HeaderNames.ACCEPT_ENCODING, taken))
                .build();
    }

    private static RequestException.Builder builder(Status status, String reason) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .status(status)
                .setKeepAlive(false)
                .message(reason);
    }
}
