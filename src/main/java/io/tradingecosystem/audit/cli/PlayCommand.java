package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.event.json.Recording;
import io.tradingecosystem.audit.settings.HttpSettings;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Plays a recording into a running service and shows what came of it. */
final class PlayCommand implements Command {
    private static final int MAX_PORT = 65_535;

    @Override
    public String name() {
        return "play";
    }

    @Override
    public String synopsis() {
        return "play FILE [options]";
    }

    @Override
    public String help() {
        return """
        plays a recording, as if it happened now, into a running service and shows the timeline,
        what it caused, and the verdicts; ends as verify does, and with 2 if the service is away
          FILE                  the recording, NDJSON, such as src/demo/depeg.ndjson, or the name of one that
                                is in the jar: depeg, depeg-late, market-crash, settlement-delay, quiet-day
          --speed N             so many times as fast as recorded, or max; 1. Over 1 all events are sent at
                                first, as if the recording ended now, and shown at this pace
          --service URL         the running service; otherwise this machine's, with the port that the settings say
          --config FILE         the settings that the service runs with; otherwise the same app.yaml
          --token-file FILE     a token for the service; otherwise the one of this machine's, beside its log
          --wait TIME           how long to wait for verdicts that are pending; 40s
          --color always|never  by default where the output is a terminal
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            throw new UsageException("play needs a FILE first");
        }
        Set<String> valued = new TreeSet<>(Playing.OPTIONS);
        valued.addAll(Set.of("--service", "--config", "--token-file"));
        Options options = Options.parse(arguments.subList(1, arguments.size()), valued, Set.of());
        Playing playing = Playing.of(options, "1");
        String title = arguments.getFirst();
        List<AuditEvent> recording = recording(title);
        Optional<URI> named = options.value("--service").map(PlayCommand::service);
        Optional<Settings> own =
                named.isPresent() ? Optional.empty() : Optional.of(settings(options));
        return playing.play(
                title,
                recording,
                named.orElseGet(() -> configured(own.orElseThrow())),
                token(options, own),
                out);
    }

    private static List<AuditEvent> recording(String title) {
        Path file = Path.of(title);
        if (ShippedRecordings.NAMES.contains(title) && !Files.exists(file)) {
            return ShippedRecordings.read(title);
        }
        try {
            return Recording.read(file);
        } catch (InvalidRecordingException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "there is no file %s; in the jar are %s"
                            .formatted(file, String.join(", ", ShippedRecordings.NAMES)));
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e);
        }
    }

    private static URI service(String text) {
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

    private static Settings settings(Options options) {
        return Settings.load(RunCommand.file(options), System.getenv(), System.getProperties())
                .settings();
    }

    /** The one that is named; else that of our own service, which no other service is shown. */
    private static Optional<String> token(Options options, Optional<Settings> own) {
        try {
            Optional<String> file = options.value("--token-file");
            if (file.isPresent()) {
                return Optional.of(Files.readString(Path.of(file.get())).strip());
            }
        } catch (IOException e) {
            throw new UsageException("--token-file: " + e);
        }
        return own.flatMap(settings -> ownToken(settings.store().path()));
    }

    private static Optional<String> ownToken(Path directory) {
        try {
            return AdminToken.read(directory);
        } catch (IOException e) {
            // Another user's service: what is open is open without it.
            return Optional.empty();
        }
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

    private static boolean isAddress(URI service) {
        return service.getHost() != null && service.getPort() <= MAX_PORT;
    }
}
