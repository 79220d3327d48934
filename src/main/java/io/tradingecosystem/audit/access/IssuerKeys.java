package io.tradingecosystem.audit.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;

import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.problem.ProblemException;

import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The public keys of an issuer (JWKS, RFC 7517), looked at again after a while, and sooner for a
 * key id that is not known, but not more often than every ten seconds. While the place is away what
 * was known serves on. One thread looks; others meanwhile use what is there. Thread-safe.
 */
final class IssuerKeys {
    private static final EventLogger LOG = EventLogger.of(IssuerKeys.class);
    private static final long GAP = Duration.ofSeconds(10).toNanos();

    private final Place place;
    private final String name;
    private final long refresh;
    private final LongSupplier ticker;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Optional<JWKSet> keys = Optional.empty();
    private volatile long looked;
    private volatile boolean tried;
    private volatile boolean away;

    /**
     * @param place where they are
     * @param name of the place, for the log
     * @param refresh how long they are used before they are looked at again
     */
    IssuerKeys(Place place, String name, Duration refresh, LongSupplier ticker) {
        this.place = place;
        this.name = name;
        this.refresh = refresh.toNanos();
        this.ticker = ticker;
    }

    /** Where keys are. */
    @FunctionalInterface
    interface Place {
        /** Reads the document. */
        String read() throws IOException, InterruptedException;
    }

    /**
     * The keys that fit.
     *
     * @throws ProblemException if no keys were ever seen
     */
    List<JWK> select(JWKSelector selector) {
        if (!tried || age() >= (away ? GAP : refresh)) {
            look();
        }
        List<JWK> found = selector.select(known());
        if (!found.isEmpty() || age() < GAP) {
            return found;
        }
        look();
        return selector.select(known());
    }

    private long age() {
        return ticker.getAsLong() - looked;
    }

    private JWKSet known() {
        return keys.orElseThrow(
                () ->
                        Denial.NO_KEYS.exception(
                                "the keys of the issuer cannot be read, so that its tokens"
                                        + " cannot be checked; see access.jwt.keys."));
    }

    /** Who comes first looks; who has nothing to use meanwhile waits for that. */
    private void look() {
        if (keys.isPresent()) {
            if (looking.tryLock()) {
                lookLocked();
            }
        } else {
            looking.lock();
            lookLocked();
        }
    }

    private void lookLocked() {
        try {
            if (!tried || age() >= GAP) {
                read();
            }
        } finally {
            looking.unlock();
        }
    }

    private void read() {
        try {
            keys = Optional.of(JWKSet.parse(place.read()).toPublicJWKSet());
            if (away) {
                LOG.info("access.keys.found", "place", name);
            }
            away = false;
        } catch (IOException | ParseException e) {
            tell(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looked = ticker.getAsLong();
            tried = true;
        }
    }

    private void tell(Exception failure) {
        if (!away) {
            LOG.error("access.keys.lost", "place", name, "reason", failure);
        }
        away = true;
    }
}
