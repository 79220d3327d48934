package io.tradingecosystem.audit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tradingecosystem.audit.access.Caller.Kind;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.settings.SessionSettings;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who has logged in to the page, by the hash of an id that only the browser has. A session ends
 * when nobody used it for a while, after its time, with the proof it came from, or with the
 * process: nothing of it is written anywhere. The table is bounded; a caller that begins one too
 * many ends its oldest, so that it takes no place of others. Thread-safe.
 */
final class Sessions {
    /** How many there are at most; the one that is used least ends. */
    static final int MAX = 10_000;

    /** How many a caller has at most. */
    static final int MAX_PER_CALLER = 20;

    private final Time time;
    private final Duration max;
    private final Cache<String, Session> sessions;

    Sessions(SessionSettings settings, Time time) {
        this(settings, time, MAX);
    }

    /** The same with another bound. */
    Sessions(SessionSettings settings, Time time, int maxSessions) {
        this.time = time;
        this.max = settings.max();
        this.sessions =
                Caffeine.newBuilder()
                        .maximumSize(maxSessions)
                        .expireAfterAccess(settings.idle())
                        .executor(Runnable::run)
                        .ticker(time.ticker()::getAsLong)
                        .build();
    }

    /**
     * A session.
     *
     * @param proof what it came from; its caller is of the kind {@link Kind#SESSION}
     * @param begun when
     */
    private record Session(Proof proof, Instant begun) {
        Caller caller() {
            return proof.caller();
        }
    }

    /** Begins one, and gives its id. */
    String begin(Proof proof) {
        Instant now = time.now();
        makeRoom(proof.caller().name());
        String id = RandomToken.make();
        Instant end = proof.end().isBefore(now.plus(max)) ? proof.end() : now.plus(max);
        Proof own = new Proof(proof.caller().as(Kind.SESSION), end, proof.holds());
        sessions.put(key(id), new Session(own, now));
        return id;
    }

    /** What the id proves, if its session has not ended. It counts as used. */
    Optional<Proof> find(String id) {
        Optional<Proof> proof =
                Optional.ofNullable(sessions.getIfPresent(key(id))).map(Session::proof);
        if (proof.isPresent() && !proof.get().holdsAt(time.now())) {
            end(id);
            return Optional.empty();
        }
        return proof;
    }

    /** Ends one, if it is there. */
    void end(String id) {
        sessions.invalidate(key(id));
    }

    private synchronized void makeRoom(String name) {
        List<String> own =
                sessions.asMap().entrySet().stream()
                        .filter(each -> each.getValue().caller().name().equals(name))
                        .sorted(Comparator.comparing(each -> each.getValue().begun()))
                        .map(Map.Entry::getKey)
                        .toList();
        own.stream()
                .limit(Math.max(0, own.size() - MAX_PER_CALLER + 1))
                .forEach(sessions::invalidate);
    }

    /** A table that somebody reads has no id to use; how a lookup takes its time tells none. */
    private static String key(String id) {
        return TokenHash.of(id).toString();
    }
}
