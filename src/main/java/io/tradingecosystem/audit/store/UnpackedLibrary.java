package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.logging.EventLogger;

import org.rocksdb.RocksDB;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A native library of RocksDB's jar as a file: unpacked once, used by every later start. The file
 * is below a directory named by the library's checksum and size, so that another version has
 * another; it appears there whole, and a file that does not have that checksum is replaced. Several
 * processes may do this at once. Immutable.
 */
final class UnpackedLibrary {
    private static final EventLogger LOG = EventLogger.of(UnpackedLibrary.class);
    private static final Duration MAX_UNPACKING_TIME = Duration.ofMinutes(10);
    private static final int BUFFER = 1 << 17;

    private final URI resource;
    private final String fileName;
    private final long size;
    private final long checksum;

    private UnpackedLibrary(URI resource, String fileName, JarEntry entry) {
        this.resource = resource;
        this.fileName = fileName;
        this.size = entry.getSize();
        this.checksum = entry.getCrc();
    }

    /**
     * A library.
     *
     * @param resource its name in the jar
     * @param fileName its name as a file
     * @throws IOException if the jar does not have it
     */
    static UnpackedLibrary of(String resource, String fileName) throws IOException {
        URL url = RocksDB.class.getResource("/" + resource);
        if (url == null || !(url.openConnection() instanceof JarURLConnection jar)) {
            throw new FileNotFoundException(resource + " is not in RocksDB's jar");
        }
        return new UnpackedLibrary(URI.create(url.toString()), fileName, jar.getJarEntry());
    }

    /**
     * The directory with the file, which this makes if it is not there. Removes what is there of
     * other versions, and what processes left that ended while unpacking.
     */
    Path in(Path directory) throws IOException {
        Path home = directory.resolve(Long.toHexString(checksum) + "-" + size);
        Path file = home.resolve(fileName);
        if (!isWhole(file)) {
            Files.createDirectories(home);
            unpack(directory, file);
        }
        tidy(directory, home);
        return home;
    }

    private void unpack(Path directory, Path file) throws IOException {
        Path draft = Files.createTempFile(directory, "draft", ".tmp");
        try {
            try (InputStream in = resource.toURL().openStream();
                    OutputStream out = Files.newOutputStream(draft)) {
                in.transferTo(out);
            }
            if (!isWhole(draft)) {
                throw new IOException(draft + " is not what was written to it");
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private boolean isWhole(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) != size) {
            return false;
        }
        CRC32 sum = new CRC32();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0) {
                sum.update(buffer.flip());
                buffer.clear();
            }
        }
        return sum.getValue() == checksum;
    }

    private static void tidy(Path directory, Path home) {
        try {
            for (Path other : children(directory)) {
                if (!other.equals(home) && isAbandoned(other)) {
                    for (Path file : Files.isDirectory(other) ? children(other) : List.<Path>of()) {
                        Files.deleteIfExists(file);
                    }
                    Files.deleteIfExists(other);
                }
            }
        } catch (IOException e) {
            LOG.warn("store.library.untidy", "path", directory, "reason", e);
        }
    }

    /** Another process may be about to finish what is new. */
    private static boolean isAbandoned(Path path) throws IOException {
        try {
            Instant begun = Files.getLastModifiedTime(path).toInstant();
            return begun.isBefore(Instant.now().minus(MAX_UNPACKING_TIME));
        } catch (NoSuchFileException e) {
            // Finished while we looked.
            return false;
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }
}
