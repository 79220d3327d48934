package io.tradingecosystem.audit.tls;

import java.util.List;

/**
 * What is spoken: TLS 1.3 and 1.2 with authenticated encryption and forward secrecy, as RFC 9325
 * recommends; neither CBC nor RSA key exchange.
 */
public final class TlsRules {
    /** The versions, the best first. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** The suites, the best first. */
    public static final List<String> SUITES =
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final String REJECT = "jdk.tls.rejectClientInitiatedRenegotiation";

    private TlsRules() {}

    /**
     * Refuses clients that want to negotiate anew, which TLS 1.2 allows: it costs a server more
     * than a client. The JDK knows this for the whole process only, and looks before its first
     * handshake.
     */
    public static void rejectRenegotiation() {
        if (System.getProperty(REJECT) == null) {
            System.setProperty(REJECT, "true");
        }
    }
}
