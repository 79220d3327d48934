package io.tradingecosystem.audit.server.connection;

/**
 * What the head of a request says of the message itself.
 *
 * <p>Fault: that of {@link RequestReader}.
 *
 * @param isHead whether the method is HEAD
 * @param isOld whether the client speaks HTTP/1.0
 * @param chunked whether a body comes in chunks
 * @param length of a body that does not, in bytes
 * @param awaitsContinue whether the body comes only when it is said to be wanted
 */
record RequestHead(
        boolean isHead, boolean isOld, boolean chunked, long length, boolean awaitsContinue) {
    static final RequestHead NONE = new RequestHead(false, false, false, 0, false);
}
