package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.tls.TlsFiles;
import io.tradingecosystem.audit.tls.TlsRules;
import io.tradingecosystem.audit.tls.UnusableFileException;

import redis.clients.jedis.DefaultJedisClientConfig;

import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * TLS to Redis: whom we trust, and who we are. The files are looked at for each connection; if they
 * cannot be used, what they had before is. Certificates and the name of the host are verified.
 * Thread-safe.
 */
final class RedisTls {
    private static final EventLogger LOG = EventLogger.of(RedisTls.class);

    private final TlsFiles files;
    private volatile State state;
    private volatile String told = "";

    private RedisTls(TlsFiles files) {
        this.files = files;
        TlsFiles.Contents contents = files.read();
        this.state = new State(contents, files.parse(contents).context());
    }

    private record State(TlsFiles.Contents contents, SSLContext context) {}

    /**
     * That of the settings; empty if the address does not ask for it.
     *
     * @throws UnusableFileException if a file cannot be used
     */
    static Optional<RedisTls> of(RegistrySettings settings) {
        return settings.redisUrl().getScheme().equals("rediss")
                ? Optional.of(new RedisTls(TlsFiles.ofClient(settings.tls(), "registry.tls")))
                : Optional.empty();
    }

    /** Lets a client speak TLS. */
    void apply(DefaultJedisClientConfig.Builder client) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(TlsRules.PROTOCOLS.toArray(String[]::new));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.ssl(true).sslSocketFactory(context().getSocketFactory()).sslParameters(parameters);
    }

    private SSLContext context() {
        State now = state;
        try {
            TlsFiles.Contents contents = files.read();
            if (!contents.equals(now.contents())) {
                now = new State(contents, files.parse(contents).context());
                state = now;
            }
            told = "";
        } catch (UnusableFileException e) {
            tell(String.valueOf(e.getMessage()));
        }
        return now.context();
    }

    private void tell(String reason) {
        if (!reason.equals(told)) {
            told = reason;
            LOG.error("registry.tls.kept", "reason", reason);
        }
    }
}
