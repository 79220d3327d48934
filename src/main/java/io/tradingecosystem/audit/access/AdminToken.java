package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.common.OwnerFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The token of who runs the service, in a file beside the log that only its owner reads. The first
 * start makes it; who deletes the file gets another one at the next start. Immutable.
 */
public final class AdminToken {
    /** The name of the file in the directory of the log. */
    public static final String FILE = "admin-token";

    /** How log lines and answers call who has it. */
    static final String NAME = "admin";

    private final Path file;
    private final String text;
    private final boolean fresh;

    private AdminToken(Path file, String text, boolean fresh) {
        this.file = file;
        this.text = text;
        this.fresh = fresh;
    }

    /**
     * The token of the log in a directory, made if there is none.
     *
     * @throws AccessException if it can be neither read nor made
     */
    public static AdminToken of(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Optional<String> there = read(directory);
            return there.isPresent()
                    ? new AdminToken(file, there.get(), false)
                    : new AdminToken(file, make(directory, file), true);
        } catch (IOException e) {
            throw new AccessException("the file " + file + ": " + e, e);
        }
    }

    /**
     * The token of the log in a directory, for a command line on the same machine; empty if there
     * is none.
     *
     * @throws IOException if there is one that cannot be read, or is none
     */
    public static Optional<String> read(Path directory) throws IOException {
        try {
            String text = Files.readString(directory.resolve(FILE)).strip();
            if (!RandomToken.is(text)) {
                throw new IOException("it is no token; delete it, and the next start makes one");
            }
            return Optional.of(text);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static String make(Path directory, Path file) throws IOException {
        String text = RandomToken.make();
        Files.createDirectories(directory);
        Path whole = directory.resolve(FILE + ".new");
        Files.deleteIfExists(whole);
        write(whole, text + "\n");
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        return text;
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = OwnerFile.create(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /** The token itself, if this start has made it: it is shown once. */
    public Optional<String> fresh() {
        return fresh ? Optional.of(text) : Optional.empty();
    }

    /** The same as a secret that is compared only. */
    TokenHash hash() {
        return TokenHash.of(text);
    }
}
