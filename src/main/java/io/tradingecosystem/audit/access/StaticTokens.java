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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Callers by tokens, from a file with the hashes of tokens: a line each, a name and {@code sha256:}
 * with 64 hexadecimal digits. A name may have several lines, so that a token can be exchanged
 * without a gap. The file is looked at again every second at most; one that cannot be read leaves
 * what was there in force, and the log says so once. A token that was found is remembered until the
 * file is another one. Thread-safe.
 */
final class StaticTokens {
    private static final EventLogger LOG = EventLogger.of(StaticTokens.class);
    private static final long LOOK = Duration.ofSeconds(1).toNanos();
    private static final int MAX_TOKENS = 10_000;
    private static final long MAX_SIZE = 4 << 20;

    private final Optional<Path> file;
    private final Function<String, Caller> callers;
    private final LongSupplier ticker;
    private volatile State state;

    private StaticTokens(
            Optional<Path> file,
            Function<String, Caller> callers,
            LongSupplier ticker,
            State state) {
        this.file = file;
        this.callers = callers;
        this.ticker = ticker;
        this.state = state;
    }

    private record Known(Caller caller, TokenHash hash) {}

    /**
     * What is in force.
     *
     * @param found what was found of it before, by the token itself; no more than there are tokens
     */
    private record State(
            List<Known> tokens, Map<String, Caller> found, Optional<Version> version, long looked) {

        static State of(List<Known> tokens, Optional<Version> version, long looked) {
            return new State(List.copyOf(tokens), new ConcurrentHashMap<>(), version, looked);
        }

        Optional<Caller> find(TokenHash hash) {
            Optional<Caller> found = Optional.empty();
            for (Known known : tokens) {
                if (known.hash().matches(hash)) {
                    found = Optional.of(known.caller());
                }
            }
            return found;
        }

        State looked(Optional<Version> at, long now) {
            return new State(tokens, found, at, now);
        }
    }

    /** By which it is seen that a file was changed. */
    private record Version(FileTime modified, long size) {}

    /**
     * The tokens of a file, if there is one.
     *
     * @param callers by their names
     * @throws AccessException if the file cannot be read
     */
    static StaticTokens of(
            Optional<Path> file, Function<String, Caller> callers, LongSupplier ticker) {
        State none = State.of(List.of(), Optional.empty(), ticker.getAsLong());
        StaticTokens tokens = new StaticTokens(file, callers, ticker, none);
        if (file.isPresent()) {
            try {
                tokens.read(file.get(), version(file.get()));
            } catch (IOException e) {
                throw new AccessException("access.tokens: " + file.get() + ": " + reason(e), e);
            }
        }
        return tokens;
    }

    /** Whose token it is, if it was found before. */
    Optional<Caller> known(String token) {
        file.ifPresent(this::refresh);
        return Optional.ofNullable(state.found().get(token));
    }

    /** Whose token it is. Looks at every one, so that the time tells nothing of which it is. */
    Optional<Caller> find(String token, TokenHash hash) {
        file.ifPresent(this::refresh);
        State now = state;
        Optional<Caller> found = now.find(hash);
        found.ifPresent(caller -> now.found().put(token, caller));
        return found;
    }

    /** Whether a token is one of this name still. */
    boolean isOf(String name, TokenHash hash) {
        file.ifPresent(this::refresh);
        return state.find(hash).filter(caller -> caller.name().equals(name)).isPresent();
    }

    private void refresh(Path path) {
        State before = state;
        if (ticker.getAsLong() - before.looked() < LOOK) {
            return;
        }
        state = before.looked(before.version(), ticker.getAsLong());
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
        state = before.looked(now, ticker.getAsLong());
        if (!now.equals(before.version())) {
            LOG.error("access.tokens.kept", "file", path, "reason", reason(failure));
        }
    }

    private void read(Path path, Version version) throws IOException {
        if (version.size() > MAX_SIZE) {
            throw new IOException("it is larger than " + MAX_SIZE + " bytes");
        }
        List<String> lines = Files.readString(path, StandardCharsets.UTF_8).lines().toList();
        List<Known> tokens = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                tokens.add(token(line, i + 1));
            }
        }
        if (tokens.size() > MAX_TOKENS) {
            throw new IOException("it has more than " + MAX_TOKENS + " tokens");
        }
        state = State.of(tokens, Optional.of(version), ticker.getAsLong());
    }

    private Known token(String line, int number) throws IOException {
        String[] words = line.split("\\s+", 3);
        try {
            if (words.length == 2) {
                return new Known(callers.apply(words[0]), TokenHash.parse(words[1]));
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
