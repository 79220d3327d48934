package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.event.json.Recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The recorded chaos runs that are in the jar. */
final class ShippedRecordings {
    static final List<String> NAMES =
            List.of("depeg", "depeg-late", "market-crash", "settlement-delay", "quiet-day");

    private ShippedRecordings() {}

    /**
     * The events of one.
     *
     * @throws UsageException if this build does not have it
     */
    static List<AuditEvent> read(String name) {
        try (InputStream recording =
                ShippedRecordings.class.getResourceAsStream("/demo/" + name + ".ndjson")) {
            if (recording == null) {
                throw new UsageException("the recording " + name + " is missing in this build");
            }
            Path file = Files.createTempFile(name, ".ndjson");
            try {
                Files.copy(recording, file, StandardCopyOption.REPLACE_EXISTING);
                return Recording.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidRecordingException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
