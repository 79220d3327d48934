package io.tradingecosystem.audit.common;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that only their owner reads, from the moment that they are there: they are made with their
 * permissions, where the file system knows any.
 */
public final class OwnerFile {
    private static final FileAttribute<?>[] NONE = {};

    private OwnerFile() {}

    /**
     * A new file, open for writing.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    public static FileChannel create(Path file) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return FileChannel.open(file, options, attributes(file, "rw-------"));
    }

    /** A directory, made with those above it where it is not there. */
    public static void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory.toAbsolutePath().resolveSibling(""));
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory, attributes(directory, "rwx------"));
        }
    }

    private static FileAttribute<?>[] attributes(Path file, String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : NONE;
    }
}
