package io.tradingecosystem.audit.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context that is another one, and can become another one again: connections that are made from
 * then on use it, those that are open go on. Thread-safe.
 *
 * <p>Fault: Helidon 4.5.0, {@code Tls.reload}, exchanges keys and authorities within one context,
 * whose session tickets live on, so that a client whose authority is trusted no more resumes a
 * session of before. Held by: {@code
 * TlsReloadTest.shouldTrustTheNewAuthorityAloneEvenIfASessionIsResumed}. Look again: Helidon 4.6.
 */
public final class SwitchingContext extends SSLContext {
    private final Current current;

    private SwitchingContext(Current current, SSLContext first) {
        super(current, first.getProvider(), first.getProtocol());
        this.current = current;
    }

    /** One that begins with a context. */
    public static SwitchingContext of(SSLContext first) {
        return new SwitchingContext(new Current(first), first);
    }

    /** Uses another context for connections from now on. */
    public void use(SSLContext next) {
        current.context = next;
    }

    private static final class Current extends SSLContextSpi {
        private volatile SSLContext context;

        Current(SSLContext first) {
            this.context = first;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is made of contexts");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }
    }
}
