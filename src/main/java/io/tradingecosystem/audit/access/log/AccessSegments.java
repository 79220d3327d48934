package io.tradingecosystem.audit.access.log;

import io.tradingecosystem.audit.common.OwnerFile;
import io.tradingecosystem.audit.logging.EventLogger;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the access log: each has the milliseconds since the epoch of its first line for a
 * name, only its owner reads it, and nothing is ever written into one of another process. A file
 * ends when it is large or a day old; the oldest go by age and by what all take together.
 * Thread-safe; one thread writes.
 */
final class AccessSegments implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(AccessSegments.class);
    private static final Pattern NAME = Pattern.compile("\\d{15}\\.ndjson");
    private static final long MAX_SIZE = 4 << 20;
    private static final int MIN_FILES = 8;
    private static final Duration MAX_AGE = Duration.ofDays(1);

    private final Path directory;
    private final Duration retentionAge;
    private final long retentionSize;
    private final long maxSize;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Current current;

    /**
     * Files in a directory, which is made with the first of them.
     *
     * @param retentionAge a file goes when its last line is older
     * @param retentionSize the oldest go when all take more bytes
     */
    AccessSegments(Path directory, Duration retentionAge, long retentionSize, InstantSource clock) {
        this.directory = directory;
        this.retentionAge = retentionAge;
        this.retentionSize = retentionSize;
        this.maxSize = Math.min(MAX_SIZE, retentionSize / MIN_FILES);
        this.clock = clock;
    }

    /** A file and how much of it is whole lines. */
    record Segment(Path file, long length) {
        /** Its name without the ending; later ones are greater. */
        String name() {
            String name = String.valueOf(file.getFileName());
            return name.substring(0, name.indexOf('.'));
        }
    }

    /** The file that is written. */
    private static final class Current {
        private final Path file;
        private final FileChannel channel;
        private final Instant since;
        private long length;

        Current(Path file, FileChannel channel, Instant since) {
            this.file = file;
            this.channel = channel;
            this.since = since;
        }
    }

    /**
     * Writes lines; they are on disk when this returns.
     *
     * @throws IOException if they are not; then none of them is
     */
    void append(byte[] lines) throws IOException {
        lock.lock();
        try {
            Current file = writable(lines.length);
            try {
                write(file, lines);
            } catch (IOException e) {
                takeBack(file);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private static void write(Current file, byte[] lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines);
        while (bytes.hasRemaining()) {
            file.channel.write(bytes);
        }
        file.channel.force(false);
        file.length += lines.length;
    }

    /** A line that is there in part must not have another one behind it. */
    private void takeBack(Current file) {
        try {
            file.channel.truncate(file.length);
            file.channel.position(file.length);
        } catch (IOException e) {
            LOG.debug("access.log.file.left", "file", file.file, "reason", e);
            end();
        }
    }

    private Current writable(int more) throws IOException {
        Current file = current;
        if (file != null && isFull(file, more)) {
            end();
            file = null;
        }
        if (file == null) {
            file = begin();
            current = file;
        }
        return file;
    }

    private boolean isFull(Current file, int more) {
        boolean isLarge = file.length > 0 && file.length + more > maxSize;
        return isLarge || Duration.between(file.since, clock.instant()).compareTo(MAX_AGE) >= 0;
    }

    private Current begin() throws IOException {
        OwnerFile.createDirectory(directory);
        removeOld();
        Instant now = clock.instant();
        long name = now.toEpochMilli();
        List<Path> before = files();
        if (!before.isEmpty()) {
            // A clock that was set back must not put a later file before an earlier one.
            name = Math.max(name, Long.parseLong(new Segment(before.getLast(), 0).name()) + 1);
        }
        Path file = directory.resolve("%015d.ndjson".formatted(name));
        return new Current(file, OwnerFile.create(file), now);
    }

    private void end() {
        Current file = current;
        current = null;
        if (file != null) {
            try {
                file.channel.close();
            } catch (IOException e) {
                LOG.debug("access.log.file.left", "file", file.file, "reason", e);
            }
        }
    }

    /** Removes what is too old, or too much. */
    void removeOld() throws IOException {
        Instant oldest = clock.instant().minus(retentionAge);
        List<Segment> there = segments();
        long size = there.stream().mapToLong(Segment::length).sum();
        for (Segment segment : there) {
            boolean isOld = Files.getLastModifiedTime(segment.file()).toInstant().isBefore(oldest);
            if (!isCurrent(segment.file()) && (isOld || size > retentionSize - maxSize)) {
                Files.deleteIfExists(segment.file());
                size -= segment.length();
                LOG.info("access.log.removed", "file", segment.file(), "bytes", segment.length());
            }
        }
    }

    private boolean isCurrent(Path file) {
        Current now = current;
        return now != null && now.file.equals(file);
    }

    /** The files there are, the oldest first. */
    List<Segment> segments() throws IOException {
        lock.lock();
        try {
            List<Segment> segments = new ArrayList<>();
            Current now = current;
            for (Path file : files()) {
                long length = now != null && now.file.equals(file) ? now.length : Files.size(file);
                segments.add(new Segment(file, length));
            }
            return segments;
        } finally {
            lock.unlock();
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> NAME.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }
}
