package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.event.json.Recording;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Plays a recording into a running service and shows what came of it. */
final class PlayCommand implements Command {
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
          --wait TIME           how long to wait for verdicts that are pending; 40s
          --color always|never  by default where the output is a terminal
        """
                + RunningService.HELP;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            throw new UsageException("play needs a FILE first");
        }
        Set<String> valued = new TreeSet<>(Playing.OPTIONS);
        valued.addAll(RunningService.OPTIONS);
        Options options = Options.parse(arguments.subList(1, arguments.size()), valued, Set.of());
        Playing playing = Playing.of(options, "1");
        String title = arguments.getFirst();
        List<AuditEvent> recording = recording(title);
        RunningService service = RunningService.of(options, System.getenv());
        return playing.play(title, recording, service, out);
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
}
