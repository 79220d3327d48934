package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.ExportLine;
import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.LogRestore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Makes a log of an export. */
final class RestoreEventsCommand implements Command {
    @Override
    public String name() {
        return "restore-events";
    }

    @Override
    public String synopsis() {
        return "restore-events FILE [options]";
    }

    @Override
    public String help() {
        return """
        makes a log of an export, while the service is stopped: the same events at the same positions, with
        the same recorded_at; never over a log. What the correlator wrote itself comes back as unproven,
        because anybody may write an export. Links and verdicts are made anew when the service starts.
        Ends with 1 if it cannot be made, 2 if the file is no export; then nothing was written
          FILE                  what export wrote, NDJSON
          --config FILE         the settings that the service runs with; otherwise ./app.yaml
          --data DIR            where to, if it is elsewhere than the settings say
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Copying copying = Copying.of(name(), "FILE", arguments);
        Path file = copying.path();
        StoreSettings settings = copying.settings();
        try {
            long last = last(file);
            return Copying.run(settings.path(), () -> restored(file, settings, last), out, err);
        } catch (InvalidRecordingException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e);
        }
    }

    /** Reads all of it before anything is written. */
    private static long last(Path file) throws IOException {
        long[] last = {0};
        forEach(
                file,
                event -> {
                    if (event.position() <= last[0]) {
                        throw new UsageException(
                                "position %d is not behind %d"
                                        .formatted(event.position(), last[0]));
                    }
                    last[0] = event.position();
                });
        return last[0];
    }

    private static long restored(Path file, StoreSettings settings, long last) throws IOException {
        try (LogRestore log = LogRestore.begin(settings, last)) {
            forEach(file, log::add);
            log.complete();
            return last;
        }
    }

    private static void forEach(Path file, Consumer<AuditEvent> each) throws IOException {
        // Byte by byte: what is not UTF-8 is for the reader to judge.
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                byte[] text = line.getBytes(StandardCharsets.ISO_8859_1);
                each.accept(ExportLine.read(text, file + ":" + number));
            }
        }
    }
}
