package io.tradingecosystem.audit.server.connection;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.TlsSettings;
import io.tradingecosystem.audit.tls.KeyMaterial;
import io.tradingecosystem.audit.tls.SwitchingContext;
import io.tradingecosystem.audit.tls.TlsFiles;
import io.tradingecosystem.audit.tls.TlsRules;
import io.tradingecosystem.audit.tls.UnusableFileException;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;

/**
 * TLS of a listener from PEM files. With a CA for clients, clients must show a certificate of that
 * CA. Files that have changed are used for new connections; if they cannot be, those of before stay
 * in force. {@link TlsWatch} looks; others ask. Thread-safe.
 *
 * <p>Fault: those of {@link TlsFiles} and {@link SwitchingContext}.
 */
public final class ListenerTls {
    private static final EventLogger LOG = EventLogger.of(ListenerTls.class);

    /** Time enough to get another one. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final Duration REMINDER = Duration.ofDays(1);

    private final String listener;
    private final String setting;
    private final TlsFiles files;
    private final Path file;
    private final boolean asksClients;
    private final InstantSource clock;
    private final SwitchingContext context;
    private volatile State state;

    private ListenerTls(TlsSettings settings, String listener, InstantSource clock) {
        this.listener = listener;
        this.setting = "server." + listener + ".tls";
        this.files = TlsFiles.ofListener(settings, setting);
        this.file = settings.certificate().orElseThrow();
        this.asksClients = settings.authorities().isPresent();
        this.clock = clock;
        TlsFiles.Contents contents = files.read();
        KeyMaterial material = files.parse(contents);
        this.context = SwitchingContext.of(material.context());
        this.state =
                new State(contents, material, Optional.empty(), Optional.empty(), clock.instant());
    }

    /**
     * The TLS of a listener; empty if the settings name no certificate.
     *
     * @throws ListenerException if a file cannot be read or is not what it should be, or if the key
     *     is not the one of the certificate
     */
    public static Optional<ListenerTls> of(
            TlsSettings settings, String listener, InstantSource clock) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ListenerTls(settings, listener, clock));
        } catch (UnusableFileException e) {
            throw new ListenerException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * What is in force, and what is not.
     *
     * @param attempt what the files had when they were last looked at, if that cannot be used
     * @param kept why the files of now are not used
     * @param reminder when it is told again that a certificate is out of its time
     */
    private record State(
            TlsFiles.Contents contents,
            KeyMaterial material,
            Optional<Attempt> attempt,
            Optional<String> kept,
            Instant reminder) {
        State tried(Attempt now) {
            // Files are not exchanged all at once: what is seen once may be the half of it.
            boolean stays = attempt.equals(Optional.of(now));
            return new State(
                    contents,
                    material,
                    Optional.of(now),
                    stays ? Optional.of(now.failure()) : kept,
                    reminder);
        }

        State remindedUntil(Instant next) {
            return new State(contents, material, attempt, kept, next);
        }
    }

    private record Attempt(Optional<TlsFiles.Contents> contents, String failure) {}

    /**
     * The certificate in force.
     *
     * @param subject of the own one
     * @param validUntil the last moment at which all of the chain are valid
     * @param daysLeft days until then, negative after it
     * @param kept why the files of now are not used; absent if they are
     */
    public record Certificate(
            String subject, Instant validUntil, double daysLeft, Optional<String> kept) {}

    /** For Helidon's listener. */
    public Tls tls() {
        return Tls.builder()
                .sslContext(context)
                .enabledProtocols(TlsRules.PROTOCOLS)
                .enabledCipherSuites(TlsRules.SUITES)
                .clientAuth(asksClients ? TlsClientAuth.REQUIRED : TlsClientAuth.NONE)
                .build();
    }

    /** The name of the listener. */
    String listener() {
        return listener;
    }

    /** How the certificate in force is. */
    public Certificate certificate() {
        State now = state;
        Instant end =
                now.material().chain().stream()
                        .map(part -> part.getNotAfter().toInstant())
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        double days = Duration.between(clock.instant(), end).toSeconds() / 86_400.0;
        return new Certificate(
                now.material().chain().getFirst().getSubjectX500Principal().getName(),
                end,
                Math.floor(days * 10) / 10,
                now.kept());
    }

    /** Looks at the files; called by one thread. */
    void look() {
        try {
            TlsFiles.Contents contents = files.read();
            if (contents.equals(state.contents())) {
                settled();
            } else {
                take(contents);
            }
        } catch (UnusableFileException e) {
            state = state.tried(new Attempt(Optional.empty(), String.valueOf(e.getMessage())));
        }
        remind();
    }

    private void settled() {
        State now = state;
        if (now.attempt().isPresent()) {
            state =
                    new State(
                            now.contents(),
                            now.material(),
                            Optional.empty(),
                            Optional.empty(),
                            now.reminder());
        }
    }

    private void take(TlsFiles.Contents contents) {
        try {
            KeyMaterial material = files.parse(contents);
            context.use(material.context());
            state =
                    new State(
                            contents,
                            material,
                            Optional.empty(),
                            Optional.empty(),
                            clock.instant());
            Certificate certificate = certificate();
            LOG.info(
                    "server.tls.certificate.exchanged",
                    "listener",
                    listener,
                    "subject",
                    certificate.subject(),
                    "valid_until",
                    certificate.validUntil());
        } catch (UnusableFileException e) {
            state = state.tried(new Attempt(Optional.of(contents), String.valueOf(e.getMessage())));
        }
    }

    /** Tells of each certificate that is out of its time, or soon will be, once a day. */
    void remind() {
        Instant now = clock.instant();
        if (!now.isBefore(state.reminder())) {
            state = state.remindedUntil(now.plus(REMINDER));
            state.material().chain().forEach(part -> tellValidity(part, now));
        }
    }

    /** Clients refuse a certificate out of its time, and only they would tell why. */
    private void tellValidity(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        Optional<String> event = Optional.empty();
        if (now.isBefore(from)) {
            event = Optional.of("server.tls.certificate.early");
        } else if (now.isAfter(until)) {
            event = Optional.of("server.tls.certificate.expired");
        } else if (now.plus(SOON).isAfter(until)) {
            event = Optional.of("server.tls.certificate.expiring");
        }
        event.ifPresent(
                name ->
                        LOG.warn(
                                name,
                                "setting",
                                setting + ".certificate",
                                "file",
                                file,
                                "subject",
                                certificate.getSubjectX500Principal().getName(),
                                "valid_from",
                                from,
                                "valid_until",
                                until));
    }
}
