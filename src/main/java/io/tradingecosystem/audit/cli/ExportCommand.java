package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.ExportLine;
import io.tradingecosystem.audit.store.LogInUseException;
import io.tradingecosystem.audit.store.LogReader;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.StoreException;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the events of a log as NDJSON. */
final class ExportCommand implements Command {
    private static final int FAILED = 1;
    private static final int BUFFER = 1 << 16;

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String help() {
        return """
        writes every event of the log as a line of JSON, in the order of their positions, with position,
        recorded_at and, where it was no door, author. Reads only, beside other exports too, but not a log
        that a service has open: export a backup of it. A service that starts meanwhile may remove what is
        still to be read; then it ends with 1
          --out FILE            where to; it is not there yet. Otherwise standard output
          --config FILE         the settings that the service runs with; otherwise ./app.yaml
          --data DIR            the log or the backup, if it is elsewhere than the settings say
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Options options = Options.parse(arguments, Set.of("--out", "--config", "--data"), Set.of());
        Optional<Path> file = options.value("--out").map(Path::of);
        try (LogReader log = LogReader.open(ReplayCommand.settings(options).store())) {
            long events = file.isPresent() ? export(log, file.get()) : export(log, out);
            err.printf("%,d events up to position %d%n", events, log.last());
            return 0;
        } catch (LogInUseException e) {
            err.println(
                    "audit-correlator: %s; or export a backup: backup DIR, export --data DIR"
                            .formatted(e.getMessage()));
        } catch (StoreException | LogUnavailableException e) {
            err.println("audit-correlator: " + e.getMessage());
        } catch (IOException e) {
            err.println("audit-correlator: cannot write: " + e);
        }
        return FAILED;
    }

    private static long export(LogReader log, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            return export(log, out);
        }
    }

    private static long export(LogReader log, OutputStream plain) throws IOException {
        OutputStream out = new BufferedOutputStream(plain, BUFFER);
        long count = 0;
        List<AuditEvent> events = log.from(log.first());
        while (!events.isEmpty()) {
            for (AuditEvent event : events) {
                out.write(ExportLine.write(event));
                out.write('\n');
            }
            count += events.size();
            events = log.from(events.getLast().position() + 1);
        }
        out.flush();
        return count;
    }
}
