package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.event.json.Recording;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Plays a recording into a running service and shows what came of it. */
final class PlayCommand implements Command {
    private static final int MAX_PORT = 65_535;
    private static final String SERVICE = "http://localhost:8083";

    @Override
    public String name() {
        return "play";
    }

    @Override
    public String help() {
        return """
        plays a recording, as if it happened now, into a running service and shows the timeline,
        what it caused, and the verdicts; ends as verify does, and with 2 if the service is away
          FILE                  the recording, NDJSON, such as src/demo/depeg.ndjson
          --speed N             so many times as fast as recorded, or max; 1
          --service URL         the running service; http://localhost:8083
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
        valued.add("--service");
        Options options = Options.parse(arguments.subList(1, arguments.size()), valued, Set.of());
        Playing playing = Playing.of(options, "1");
        URI service = service(options.value("--service").orElse(SERVICE));
        Path file = Path.of(arguments.getFirst());
        try {
            return playing.play(file.toString(), Recording.read(file), service, out);
        } catch (InvalidRecordingException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
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
        throw new UsageException("--service is an address like " + SERVICE);
    }

    private static boolean isAddress(URI service) {
        return service.getHost() != null && service.getPort() <= MAX_PORT;
    }
}
