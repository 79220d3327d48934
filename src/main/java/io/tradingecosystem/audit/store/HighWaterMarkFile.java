package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file {@code TAIL}: a position up to which events were on disk, noted every few seconds. A log
 * that ends before it has lost a write-ahead log or the end of one, which else would look like the
 * torn end that every crash leaves. It is never ahead of the log, so it needs no sync of its own.
 */
final class HighWaterMarkFile {
    private static final EventLogger LOG = EventLogger.of(HighWaterMarkFile.class);
    private static final String WORDS = "position ";

    private final Path file;
    private long noted;

    HighWaterMarkFile(Path directory) {
        this.file = directory.resolve("TAIL");
    }

    /**
     * Passes if the log goes as far as was noted.
     *
     * @throws StoreException if it does not
     */
    void require(long position) {
        noted = read();
        if (position < noted) {
            throw new StoreException(
                    "the log in "
                            + file.getParent()
                            + " ends at position "
                            + position
                            + ", but "
                            + file.getFileName()
                            + " says that there were events up to "
                            + noted
                            + ": a write-ahead log (a file *.log) is missing or was cut; "
                            + DataDirectory.REMEDY
                            + ", or remove "
                            + file.getFileName()
                            + " to go on without what is lost");
        }
    }

    /** Notes a position that is on disk. */
    void note(long position) {
        if (position == noted) {
            return;
        }
        Path draft = file.resolveSibling("TAIL.new");
        try {
            Files.writeString(draft, WORDS + position + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            noted = position;
        } catch (IOException e) {
            // On a full disk the older note stands, which is as true.
            LOG.debug("store.tail.not_noted", "reason", e);
        }
    }

    /** What was noted; 0 if nothing that can be read, as after a power cut. */
    private long read() {
        try {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.matches(WORDS + "\\d{1,18}")
                    ? Long.parseLong(text.substring(WORDS.length()))
                    : 0;
        } catch (IOException e) {
            LOG.warn("store.tail.unreadable", "file", file, "reason", e);
            return 0;
        }
    }
}
