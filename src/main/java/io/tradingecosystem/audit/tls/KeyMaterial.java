package io.tradingecosystem.audit.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who we are, and whom we trust.
 *
 * @param chain the certificates, the own one first; empty if we show none
 * @param key that of the first certificate
 * @param authorities whom we trust; empty means those of the JVM
 */
public record KeyMaterial(
        List<X509Certificate> chain, Optional<PrivateKey> key, List<X509Certificate> authorities) {

    private static final char[] PASSWORD = new char[0];

    /** Copies the lists. */
    public KeyMaterial {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    /** Nothing of the key. */
    @Override
    public String toString() {
        return "KeyMaterial"
                + chain.stream().map(X509Certificate::getSubjectX500Principal).toList();
    }

    /** A context that knows no session of an earlier one. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableFileException("the certificate and key make no TLS: " + e, e);
        }
    }

    private KeyManager[] keys() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        if (key.isPresent()) {
            store.setKeyEntry("own", key.get(), PASSWORD, chain.toArray(X509Certificate[]::new));
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        return managers.getKeyManagers();
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        if (authorities.isEmpty()) {
            // Those of the JVM.
            return null;
        }
        KeyStore store = empty();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, PASSWORD);
        return store;
    }
}
