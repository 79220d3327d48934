package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Names by tokens, from a file with the hashes of tokens: a line each, a name and {@code sha256:}
 * with 64 hexadecimal digits. A name may have several lines, so that a token can be exchanged
 * without a gap. The file is looked at again every second at most; one that cannot be read leaves
 * what was there in force, and the log says so once. Thread-safe.
 */
final class StaticTokens {
    private static final EventLogger LOG = EventLogger.of(StaticTokens.class);
    private static final long LOOK = Duration.ofSeconds(1).toNanos();
    private static final int MAX_TOKENS = 10_000;
    private static final long MAX_SIZE = 4 << 20;

    private final Optional<Path> file;
    private final LongSupplier ticker;
    private volatile State state;

    private StaticTokens(Optional<Path> file, LongSupplier ticker, State state) {
        this.file = file;
        this.ticker = ticker;
        this.state = state;
    }

    private record Named(String name, TokenHash hash) {}

    private record State(List<Named> tokens, Optional<Version> version, long looked) {}

    /** By which it is seen that a file was changed. */
    private record Version(FileTime modified, long size) {}

    /**
     * The tokens of a file, if there is one.
     *
     * @throws AccessException if the file cannot be read
     */
    static StaticTokens of(Optional<Path> file, LongSupplier ticker) {
        StaticTokens tokens =
                new StaticTokens(
                        file, ticker, new State(List.of(), Optional.empty(), ticker.getAsLong()));
        if (file.isPresent()) {
            try {
                tokens.read(file.get(), version(file.get()));
            } catch (IOException e) {
                throw new AccessException("access.tokens: " + file.get() + ": " + reason(e), e);
            }
        }
        return tokens;
    }

    /** Whose token it is. Looks at every one, so that the time tells nothing of which it is. */
    Optional<String> find(TokenHash hash) {
        file.ifPresent(this::refresh);
        Optional<String> found = Optional.empty();
        for (Named token : state.tokens()) {
            if (token.hash().matches(hash)) {
                found = Optional.of(token.name());
            }
        }
        return found;
    }

    private void refresh(Path path) {
        State before = state;
        if (ticker.getAsLong() - before.looked() < LOOK) {
            return;
        }
        state = new State(before.tokens(), before.version(), ticker.getAsLong());
        Optional<Version> now = Optional.empty();
        try {
            now = Optional.of(version(path));
            if (!now.equals(before.version())) {
                read(path, now.get());
                LOG.info("access.tokens.read", "file", path, "tokens", state.tokens().size());
            }
        } catch (IOException e) {
            keep(path, now, before, e);
        }
    }

    /** The same wrong file is not told of again. */
    private void keep(Path path, Optional<Version> now, State before, IOException failure) {
        state = new State(before.tokens(), now, ticker.getAsLong());
        if (!now.equals(before.version())) {
            LOG.error("access.tokens.kept", "file", path, "reason", reason(failure));
        }
    }

    private void read(Path path, Version version) throws IOException {
        if (version.size() > MAX_SIZE) {
            throw new IOException("it is larger than " + MAX_SIZE + " bytes");
        }
        List<String> lines = Files.readString(path, StandardCharsets.UTF_8).lines().toList();
        List<Named> tokens = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                tokens.add(token(line, i + 1));
            }
        }
        if (tokens.size() > MAX_TOKENS) {
            throw new IOException("it has more than " + MAX_TOKENS + " tokens");
        }
        state = new State(List.copyOf(tokens), Optional.of(version), ticker.getAsLong());
    }

    private static Named token(String line, int number) throws IOException {
        String[] words = line.split("\\s+", 3);
        try {
            if (words.length == 2) {
                return new Named(words[0], TokenHash.parse(words[1]));
            }
        } catch (IllegalArgumentException e) {
            // Told below: the line may be a token that somebody forgot to hash.
        }
        throw new IOException(
                "line " + number + " is not a name and sha256: with 64 hexadecimal digits");
    }

    private static Version version(Path path) throws IOException {
        return new Version(Files.getLastModifiedTime(path), Files.size(path));
    }

    private static String reason(IOException failure) {
        return failure.getClass() == IOException.class
                ? String.valueOf(failure.getMessage())
                : failure.toString();
    }
}
