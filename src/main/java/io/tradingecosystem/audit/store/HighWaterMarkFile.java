package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the log went, beside it: a position up to which every event was on disk, noted with each
 * group of events, and whether the log was closed in order. A log that ends before it has lost its
 * end. The note is not synced: after a power cut it is older, and as true. Calls do not overlap.
 */
final class HighWaterMarkFile implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(HighWaterMarkFile.class);
    private static final Pattern NOTE = Pattern.compile("position (\\d{1,18})( closed)?");

    private static final String CLOSED = " closed";

    private final Path file;
    private Optional<FileChannel> channel = Optional.empty();
    private boolean complained;

    HighWaterMarkFile(Path directory) {
        this.file = directory.resolve("TAIL");
    }

    /**
     * Passes if the log goes as far as was noted; says what was found if it was not closed in
     * order.
     *
     * @param position where the log ends
     * @param wanted whether a log like this one has a note
     * @throws StoreException if it ends before the note
     */
    void require(long position, boolean wanted) {
        Matcher note = NOTE.matcher(read());
        if (!note.matches()) {
            if (wanted && position > 0) {
                LOG.warn(
                        "store.tail.missing",
                        "file",
                        file,
                        "last_position",
                        position,
                        "meaning",
                        "whether the log has lost its end cannot be told");
            }
            return;
        }
        long noted = Long.parseLong(note.group(1));
        if (position < noted) {
            throw new StoreException(lost(position, noted));
        }
        if (note.group(2) == null && position > 0) {
            LOG.info(
                    "store.not_closed",
                    "last_position",
                    position,
                    "noted",
                    noted,
                    "noted_at",
                    noted());
        }
    }

    /** The position that was noted in a directory; 0 if none was. */
    static long noted(Path directory) {
        Matcher note = NOTE.matcher(new HighWaterMarkFile(directory).read());
        return note.matches() ? Long.parseLong(note.group(1)) : 0;
    }

    private String lost(long position, long noted) {
        return "the log in "
                + file.getParent()
                + " ends at position "
                + position
                + ", but "
                + file.getFileName()
                + " said at "
                + noted()
                + " that there were events up to "
                + noted
                + ": a write-ahead log (a file *.log) is missing or was cut; "
                + DataDirectory.REMEDY
                + ", or remove "
                + file.getFileName()
                + " to go on without what is lost";
    }

    /** Notes a position that is on disk. */
    void note(long position) {
        write(String.valueOf(position));
    }

    /** Notes the last position, and that nothing comes after it. */
    void noteClosed(long position) {
        write(position + CLOSED);
    }

    /** Every note is as long, so that each is written over the one before. */
    private void write(String note) {
        try {
            if (channel.isEmpty()) {
                channel =
                        Optional.of(
                                FileChannel.open(
                                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            }
            byte[] bytes = "position %-26s\n".formatted(note).getBytes(StandardCharsets.US_ASCII);
            channel.get().write(ByteBuffer.wrap(bytes), 0);
            complained = false;
        } catch (IOException e) {
            // On a full disk the older note stands, which is as true.
            if (!complained) {
                LOG.warn("store.tail.not_noted", "file", file, "reason", e);
            }
            complained = true;
        }
    }

    /** What was noted; empty if nothing can be read. */
    private String read() {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            LOG.warn("store.tail.unreadable", "file", file, "reason", e);
            return "";
        }
    }

    private Object noted() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return "an unknown time (" + e + ")";
        }
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            LOG.debug("store.tail.not_closed", "file", file, "reason", e);
        }
    }
}
