package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.problem.ProblemException;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a request says of who asks.
 *
 * @param address where it comes from; it grants nothing, failed attempts are counted by it
 * @param certificate what the client proved in the TLS handshake
 * @param authorization the header {@code authorization}
 * @param session the id of a session, where it may count
 */
record Credentials(
        String address,
        Optional<X509Certificate> certificate,
        Optional<String> authorization,
        Optional<String> session) {
    private static final String BEARER = "bearer ";
    private static final int MAX_LENGTH = 16 << 10;

    /** The same without a session. */
    Credentials(
            String address, Optional<X509Certificate> certificate, Optional<String> authorization) {
        this(address, certificate, authorization, Optional.empty());
    }

    /** The same with the id of a session. */
    Credentials with(Optional<String> id) {
        return new Credentials(address, certificate, authorization, id);
    }

    /** An address without its port, which changes with each connection. */
    static String address(SocketAddress address) {
        return address instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : address.toString();
    }

    /** The client's own certificate comes first in its chain. */
    static Optional<X509Certificate> own(Certificate[] chain) {
        return chain.length > 0 && chain[0] instanceof X509Certificate own
                ? Optional.of(own)
                : Optional.empty();
    }

    /**
     * The bearer token (RFC 6750).
     *
     * @throws ProblemException if the header has another form
     */
    Optional<String> token() {
        return authorization.map(Credentials::token);
    }

    private static String token(String header) {
        boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String token = bearer ? header.substring(BEARER.length()).strip() : "";
        if (token.isEmpty() || token.length() > MAX_LENGTH) {
            throw Denial.MALFORMED_CREDENTIALS.exception(
                    "the header is Authorization: Bearer, and a token of up to "
                            + MAX_LENGTH
                            + " characters.");
        }
        return token;
    }
}
