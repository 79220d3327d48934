package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.Status;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The text of a status as it is sent: percent-encoded (gRPC over HTTP/2, Status-Message).
 *
 * <p>Fault: Helidon 4.5.0, {@code GrpcProtocolHandler.createServerCall}, writes the text as it is,
 * and the header is refused or cut. Shown by: {@code
 * HelidonGrpcFaultsTest.shouldNotBringEveryTextOfAStatus}. Held by: {@code
 * GrpcCallSuite.shouldBringAnyTextOfAStatus}. Look again: Helidon 4.6.
 */
final class StatusText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private StatusText() {}

    /** The status with its description encoded. */
    static Status encoded(Status status) {
        String text = status.getDescription();
        return text == null ? status : status.withDescription(encode(text));
    }

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
