package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.StoreSettings;

import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of the log. {@code FORMAT} says that what is beside it is a log, complete, and of
 * which version; it is written when the empty database has been made and before the first event. So
 * a database that is gone or in parts is distinguished from one that never was. A log of an older
 * format gets the number of this one when it is opened, because events of this one follow.
 */
final class DataDirectory {
    private static final EventLogger LOG = EventLogger.of(DataDirectory.class);
    private static final int VERSION = 3;
    private static final String FORMAT = "FORMAT";
    private static final String WORDS = "audit-log ";
    static final String REMEDY =
            "restore the directory from a backup, or move it away to begin with an empty log";

    /** What keeps a log that may be whole from being opened, and what helps. */
    private static final Map<String, String> HINDRANCES =
            Map.of(
                    "No space left on device", "make room on its disk",
                    "Disk quota exceeded", "make room on its disk",
                    "Too many open files", "allow the process more open files (ulimit -n)",
                    "Permission denied", "let the user of the process read and write there",
                    "Read-only file system", "mount its disk for writing");

    private static final Pattern FILE =
            Pattern.compile("/[^ \\t]*/(\\d{6}\\.(log|sst)|MANIFEST-\\d{6}|CURRENT)");

    private static final Pattern LOCKED =
            Pattern.compile("lock hold by|/LOCK: (Resource temporarily|No locks) ");

    private final Path path;

    private DataDirectory(Path path) {
        this.path = path;
    }

    static DataDirectory of(Path path) {
        return new DataDirectory(path.toAbsolutePath().normalize());
    }

    /**
     * Opens the database in it.
     *
     * @throws StoreException if there is something in the directory that cannot be opened
     */
    Tables open(StoreSettings settings) {
        try {
            Files.createDirectories(path);
            boolean isNew = !Files.exists(path.resolve(FORMAT));
            int before = 0;
            if (isNew) {
                requireNoData();
            } else {
                before = requireVersion();
                requireFile("CURRENT");
            }
            Tables tables = Tables.open(path, isNew, settings);
            if (before < VERSION) {
                writeFormat();
            }
            return tables;
        } catch (IOException e) {
            throw new StoreException(
                    "the directory of the log (store.path) " + path + " cannot be used: " + e, e);
        } catch (RocksDBException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Opens the database in it for writing, after {@link #openForReading} found it in order.
     *
     * @throws StoreException if it cannot be opened
     */
    Tables openAgain(StoreSettings settings) {
        requireLog();
        try {
            return Tables.openAgain(path, settings);
        } catch (RocksDBException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Opens the database in it for nothing but reading; somebody else may open it for writing.
     *
     * @throws StoreException if it cannot be read
     */
    Tables openForReading(StoreSettings settings) {
        requireLog();
        try {
            return Tables.openForReading(path, settings);
        } catch (RocksDBException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Opens the database in it for nothing but reading, also if files are damaged.
     *
     * @throws StoreException if there is none, or it cannot be opened
     */
    Tables openDamaged(StoreSettings settings) {
        return openThere(() -> Tables.openDamaged(path, settings));
    }

    /** What keeps the database from being opened; empty if nothing does. */
    Optional<Damage> hindrance(StoreSettings settings) {
        try {
            openThere(() -> Tables.openForReading(path, settings)).close();
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(DamageRegister.of(e));
        }
    }

    /** How a database is opened. */
    @FunctionalInterface
    private interface Opening {
        Tables open() throws RocksDBException;
    }

    private Tables openThere(Opening opening) {
        try {
            requireFile(FORMAT);
            requireVersion();
            requireFile("CURRENT");
            return opening.open();
        } catch (IOException e) {
            throw new StoreException("the log in " + path + " cannot be read: " + e, e);
        } catch (RocksDBException e) {
            throw new StoreException(explained(String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Waits until all write-ahead logs are on disk.
     *
     * @throws StoreException if they do not get there
     */
    void syncWriteAheadLogs() {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(DataDirectory::isWriteAheadLog).toList()) {
                syncIfThere(file);
            }
        } catch (IOException e) {
            throw new StoreException("the log in " + path + " cannot be written: " + e, e);
        }
    }

    /**
     * Passes if there is a log that this version reads.
     *
     * @throws StoreException if there is not
     */
    void requireLog() {
        try {
            requireVersion();
        } catch (IOException e) {
            throw new StoreException("there is no log in " + path + " (" + e + ")", e);
        }
    }

    /**
     * Passes if there is nothing that a log would be written over.
     *
     * @throws StoreException if there is
     */
    void requireNothing() {
        try {
            if (Files.exists(path.resolve(FORMAT))) {
                throw new StoreException(
                        "there is a log in " + path + "; nothing is written over it, move it away");
            }
            if (Files.exists(path)) {
                requireNoData();
            }
        } catch (IOException e) {
            throw new StoreException("the directory " + path + " cannot be read: " + e, e);
        }
    }

    /** Says of a copy of this one, which is complete otherwise, that it is a whole log. */
    void finishCopy(Path copy) throws IOException {
        Path draft = copy.resolve(FORMAT + ".new");
        Files.copy(path.resolve(FORMAT), draft, StandardCopyOption.REPLACE_EXISTING);
        sync(draft, StandardOpenOption.WRITE);
        Files.move(draft, copy.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
        sync(copy, StandardOpenOption.READ);
    }

    /**
     * Copies the log to a directory without one; what is there is complete when this returns.
     *
     * @throws StoreException if this is no log, there is one at the other place, or it cannot be
     *     written there
     */
    void copyTo(DataDirectory other) {
        requireLog();
        requireFile("CURRENT");
        other.requireNothing();
        try (Stream<Path> files = Files.list(path)) {
            Files.createDirectories(other.path);
            for (Path file : files.filter(DataDirectory::isCopied).toList()) {
                Path copy = other.path.resolve(String.valueOf(file.getFileName()));
                Files.copy(file, copy);
                sync(copy, StandardOpenOption.WRITE);
            }
            finishCopy(other.path);
        } catch (IOException e) {
            throw new StoreException(
                    "the log in " + path + " cannot be copied to " + other.path + ": " + e, e);
        }
    }

    /** What makes a log; not the library, what RocksDB logs, and what is only of a process. */
    private static boolean isCopied(Path file) {
        return String.valueOf(file.getFileName())
                .matches("\\d+\\.(log|sst)|MANIFEST-\\d+|CURRENT|OPTIONS-\\d+|IDENTITY|TAIL");
    }

    private StoreException failure(String reason, RocksDBException cause) {
        return LOCKED.matcher(reason).find()
                ? new LogInUseException(
                        "the log in " + path + " is in use by another process: " + reason, cause)
                : new StoreException(explained(reason), cause);
    }

    private String explained(String reason) {
        String start = "the log in " + path + " cannot be opened: ";
        String remedied = withRemedy(reason);
        if (!remedied.equals(reason)) {
            return start + remedied + ", and start again";
        }
        String file = FILE.matcher(reason).find() ? "" : lastComplaint();
        return start + file + reason + "; " + remedy(file + reason);
    }

    private static String remedy(String complaint) {
        return complaint.contains("MANIFEST") || complaint.contains("CURRENT")
                ? "this lists the files of the log, so nothing can be read and repair cannot help; "
                        + REMEDY
                : REMEDY;
    }

    /** What RocksDB says, and what helps if it is nothing that is wrong with the files. */
    static String withRemedy(String reason) {
        return HINDRANCES.entrySet().stream()
                .filter(each -> reason.contains(each.getKey()))
                .findFirst()
                .map(each -> reason + "; " + each.getValue())
                .orElse(reason);
    }

    /** RocksDB names a damaged file in its own log only. */
    private String lastComplaint() {
        try (Stream<String> lines = Files.lines(path.resolve("LOG"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("[WARN]") || line.contains("[ERROR]"))
                    .map(FILE::matcher)
                    .filter(Matcher::find)
                    .map(match -> match.group() + ": ")
                    .reduce("", (before, last) -> last);
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    private void requireNoData() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            List<String> data =
                    files.filter(DataDirectory::isData)
                            .map(file -> String.valueOf(file.getFileName()))
                            .sorted()
                            .toList();
            if (!data.isEmpty()) {
                throw new StoreException(
                        path.resolve(FORMAT)
                                + " is missing, but there is data beside it ("
                                + String.join(", ", data.subList(0, Math.min(3, data.size())))
                                + "); "
                                + REMEDY);
            }
        }
    }

    /** A database without an event has empty write-ahead logs and no tables. */
    private static boolean isData(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".sst") || (isWriteAheadLog(file) && size(file) > 0);
    }

    private static boolean isWriteAheadLog(Path file) {
        return String.valueOf(file.getFileName()).matches("\\d+\\.log");
    }

    private static void syncIfThere(Path file) throws IOException {
        try {
            sync(file, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            // Gone meanwhile, because its events are in tables now.
            LOG.debug("store.write_ahead_log.gone", "file", file);
        }
    }

    private int requireVersion() throws IOException {
        Path file = path.resolve(FORMAT);
        String text = Files.readString(file).strip();
        if (!text.matches(WORDS + "\\d{1,9}")) {
            throw new StoreException(file + " is damaged: it says \"" + text + "\"; " + REMEDY);
        }
        int version = Integer.parseInt(text.substring(WORDS.length()));
        if (version < 1) {
            throw new StoreException(
                    file + " is damaged: there is no format " + version + "; " + REMEDY);
        }
        if (version > VERSION) {
            throw new StoreException(
                    "the log in "
                            + path
                            + " has format "
                            + version
                            + ", and this program reads up to format "
                            + VERSION
                            + "; it was written by a newer one, use that");
        }
        return version;
    }

    private void requireFile(String name) {
        if (!Files.exists(path.resolve(name))) {
            throw new StoreException(path.resolve(name) + " is missing; " + remedy(name));
        }
    }

    /**
     * Says that a log that was made in it is whole.
     *
     * @param last its last position
     */
    void complete(long last) throws IOException {
        HighWaterMarkFile tail = new HighWaterMarkFile(path);
        tail.noteClosed(last);
        tail.close();
        writeFormat();
    }

    private void writeFormat() throws IOException {
        Path draft = path.resolve(FORMAT + ".new");
        Files.writeString(draft, WORDS + VERSION + "\n");
        sync(draft, StandardOpenOption.WRITE);
        Files.move(draft, path.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
        sync(path, StandardOpenOption.READ);
    }

    private static void sync(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            // Gone meanwhile: compaction removes files.
            return 0;
        }
    }
}
