package io.tradingecosystem.audit;

import io.tradingecosystem.audit.demo.Player;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.InvalidRecordingException;
import io.tradingecosystem.audit.scenario.Recording;
import io.tradingecosystem.audit.settings.Durations;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Plays a recording into a running service and shows what came of it. */
final class PlayCommand implements Command {
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
        Options options =
                Options.parse(
                        arguments.subList(1, arguments.size()),
                        Set.of("--speed", "--service", "--wait", "--color"),
                        Set.of());
        Path file = Path.of(arguments.getFirst());
        double speed = speed(options.value("--speed").orElse("1"));
        URI service = service(options.value("--service").orElse(SERVICE));
        Duration patience =
                Durations.parse(options.value("--wait").orElse("40s"))
                        .orElseThrow(() -> new UsageException("--wait is a duration like 40s"));
        try {
            List<AuditEvent> recording = Recording.read(file);
            if (recording.isEmpty()) {
                throw new UsageException(file + " has no events");
            }
            return switch (Player.of(service, out, colour(options), InstantSource.system())
                    .play(file.toString(), recording, speed, patience)) {
                case PASSED -> 0;
                case FAILED -> 1;
                case PENDING, INCONCLUSIVE -> 3;
            };
        } catch (InvalidRecordingException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageException("cannot play " + file + " into " + service + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static double speed(String text) {
        if (text.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        if (text.matches("\\d{1,6}(\\.\\d{1,6})?") && Double.parseDouble(text) > 0) {
            return Double.parseDouble(text);
        }
        throw new UsageException("--speed is a number over 0, or max");
    }

    private static URI service(String text) {
        if (text.matches("https?://[^/\\s]+/?")) {
            return URI.create(text.replaceAll("/$", ""));
        }
        throw new UsageException("--service is an address like " + SERVICE);
    }

    private static boolean colour(Options options) {
        return switch (options.value("--color").orElse("auto")) {
            case "always" -> true;
            case "never" -> false;
            // NO_COLOR: see no-color.org.
            default -> isTerminal() && System.getenv("NO_COLOR") == null;
        };
    }

    /** Java 21 cannot tell; Linux can. Elsewhere there is {@code --color always}. */
    private static boolean isTerminal() {
        try {
            Path output = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
            return output.startsWith("/dev/pts") || output.toString().startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
