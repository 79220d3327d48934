package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.pipeline.ServiceApi;
import io.tradingecosystem.audit.settings.HttpSettings;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.settings.TlsSettings;
import io.tradingecosystem.audit.tls.TlsFiles;
import io.tradingecosystem.audit.tls.UnusableFileException;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.net.ssl.SSLContext;

/**
 * The running service that a command speaks to, as the command line says it.
 *
 * @param address where it is
 * @param token what we say of ourselves
 * @param tls whom we trust; absent for those of the JVM
 */
record RunningService(URI address, Optional<String> token, Optional<SSLContext> tls) {
    /** The options that {@link #of} reads. */
    static final Set<String> OPTIONS = Set.of("--service", "--config", "--token-file", "--ca");

    /**
     * The environment may have the token; an argument may not, as all users of a machine see it.
     */
    static final String TOKEN = "AUDIT_TOKEN";

    static final String HELP =
            """
              --service URL         the running service; otherwise this machine's, with the port that the settings say
              --config FILE         the settings that the service runs with; otherwise the same app.yaml
              --token-file FILE     a token for the service; otherwise the environment's AUDIT_TOKEN, or the one of
                                    this machine's service, beside its log
              --ca FILE             PEM file of whom to trust with https; otherwise those whom Java trusts
            """;

    private static final int MAX_PORT = 65_535;

    /**
     * What the options and the environment say.
     *
     * @throws UsageException if one makes no sense
     */
    static RunningService of(Options options, Map<String, String> environment) {
        Optional<URI> named = options.value("--service").map(RunningService::address);
        Optional<Settings> own =
                named.isPresent() ? Optional.empty() : Optional.of(settings(options));
        return new RunningService(
                named.orElseGet(() -> configured(own.orElseThrow())),
                token(options, environment, own),
                options.value("--ca").map(RunningService::trusting));
    }

    /** Speaks to it. */
    ServiceApi open() {
        return new ServiceApi(address, token, tls);
    }

    private static URI address(String text) {
        try {
            URI service = new URI(text.replaceAll("/$", ""));
            if (text.matches("https?://[^/\\s]+/?") && isAddress(service)) {
                return service;
            }
        } catch (URISyntaxException e) {
            // Told below, as for every other text that is no address.
        }
        throw new UsageException("--service is an address like http://localhost:8083");
    }

    private static boolean isAddress(URI service) {
        return service.getHost() != null && service.getPort() <= MAX_PORT;
    }

    private static Settings settings(Options options) {
        return Settings.load(RunCommand.file(options), System.getenv(), System.getProperties())
                .settings();
    }

    /** Where a service with the same settings listens, seen from this machine. */
    private static URI configured(Settings settings) {
        HttpSettings http = settings.server().http();
        if (http.port() == 0) {
            throw new UsageException(
                    "the settings leave the port open (server.http.port: 0); --service says where"
                            + " the service is");
        }
        return URI.create(http.address(http.port()));
    }

    /** The one that is named; else that of our own service, which no other service is shown. */
    private static Optional<String> token(
            Options options, Map<String, String> environment, Optional<Settings> own) {
        try {
            Optional<String> file = options.value("--token-file");
            if (file.isPresent()) {
                return Optional.of(Files.readString(Path.of(file.get())).strip());
            }
        } catch (IOException e) {
            throw new UsageException("--token-file: " + e);
        }
        return Optional.ofNullable(environment.get(TOKEN))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .or(() -> own.flatMap(settings -> ownToken(settings.store().path())));
    }

    private static Optional<String> ownToken(Path directory) {
        try {
            return AdminToken.read(directory);
        } catch (IOException e) {
            // Another user's service: what is open is open without it.
            return Optional.empty();
        }
    }

    private static SSLContext trusting(String file) {
        TlsSettings settings =
                new TlsSettings(Optional.empty(), Optional.empty(), Optional.of(Path.of(file)));
        try {
            TlsFiles files = TlsFiles.ofClient(settings, "-");
            return files.parse(files.read()).context();
        } catch (UnusableFileException e) {
            throw new UsageException(String.valueOf(e.getMessage()).replaceFirst("^-\\.", "--"));
        }
    }
}
