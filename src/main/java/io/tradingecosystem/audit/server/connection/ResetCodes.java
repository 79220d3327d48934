package io.tradingecosystem.audit.server.connection;

import io.helidon.http.http2.Http2ErrorCode;

/**
 * Makes each code of a RST_STREAM one that is known, in place, however the bytes are cut: one that
 * is not is the same as INTERNAL_ERROR (RFC 9113, 7). Not thread-safe.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code Http2.Reader.readRstStream}, ends the connection for a code
 * that it does not know. Held by: {@code
 * FrameRulesTest.shouldServeOnAfterAResetForAReasonOfTomorrow}. Look again: grpc-okhttp 1.80.
 */
final class ResetCodes {
    private static final int MAX_KNOWN = Http2ErrorCode.HTTP_1_1_REQUIRED.code();

    private int at;
    private boolean unknown;

    /** More of the payload of a RST_STREAM. */
    void mend(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            bytes[i] = mended(bytes[i] & 0xff);
            at = (at + 1) % Integer.BYTES;
        }
    }

    private byte mended(int value) {
        boolean lowest = at == Integer.BYTES - 1;
        unknown = (at > 0 && unknown) || (lowest ? !isKnown(value) : value > 0);
        if (!lowest) {
            return 0;
        }
        return (byte) (unknown ? Http2ErrorCode.INTERNAL.code() : value);
    }

    /** A late answer to settings ends no stream. */
    private static boolean isKnown(int code) {
        return code <= MAX_KNOWN && code != Http2ErrorCode.SETTINGS_TIMEOUT.code();
    }
}
