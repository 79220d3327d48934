package io.tradingecosystem.audit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tradingecosystem.audit.access.Caller.Kind;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Callers by the names in their certificates: the DNS names, URIs and addresses of the extension
 * {@code subjectAltName} (RFC 5280, 4.2.1.6). The subject itself is not looked at, as nobody says
 * what stands in it. The listener has checked who signed the certificate. Thread-safe.
 */
final class CertificateCallers {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int ADDRESS = 7;
    private static final int MAX_REMEMBERED = 10_000;

    private final Map<String, Caller> callers = new HashMap<>();
    private final Cache<X509Certificate, Optional<Caller>> found =
            Caffeine.newBuilder()
                    .weakKeys()
                    .maximumSize(MAX_REMEMBERED)
                    .executor(Runnable::run)
                    .build();

    /**
     * @param names in certificates, by the names of callers
     */
    CertificateCallers(Map<String, List<String>> names, CallerDirectory directory) {
        names.forEach(
                (name, others) ->
                        others.forEach(
                                other ->
                                        callers.put(
                                                spelled(other),
                                                directory.caller(name, Kind.CERTIFICATE))));
    }

    /** Whose certificate it is, if the settings know one of its names. */
    Optional<Caller> find(X509Certificate certificate) {
        return callers.isEmpty() ? Optional.empty() : found.get(certificate, this::look);
    }

    private Optional<Caller> look(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Optional.empty()
                    : names.stream()
                            .filter(CertificateCallers::isRead)
                            .map(name -> callers.get(spelled(String.valueOf(name.get(1)))))
                            .flatMap(caller -> Optional.ofNullable(caller).stream())
                            .findFirst();
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }

    private static boolean isRead(List<?> name) {
        return List.of(DNS, URI, ADDRESS).contains(name.get(0));
    }

    private static String spelled(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
