package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.configuration.ConfigurationValue.Freshness;
import io.tradingecosystem.audit.configuration.ConfigurationValue.Source;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one key. Times are the monotonic ticker's, so that a wall clock that jumps makes
 * nothing younger or older. Immutable.
 *
 * @param known what the service, or the environment, said last
 * @param failed how the last load failed; absent once one succeeds
 */
record CachedValue(Known known, Optional<FailedLoad> failed) {
    static final CachedValue NOTHING = new CachedValue(new Known.Nothing(), Optional.empty());

    static CachedValue fixed(Optional<ConfigurationValue> value) {
        return new CachedValue(new Known.Fixed(value), Optional.empty());
    }

    /** An answer that an earlier process kept; never fresh, for nobody has asked since. */
    static CachedValue restored(ConfigurationValue value, long confirmed) {
        Optional<ConfigurationValue> stale =
                Optional.of(value.with(Source.SNAPSHOT, Freshness.STALE));
        return new CachedValue(new Known.Value(stale, stale, confirmed, true), Optional.empty());
    }

    CachedValue after(String key, Answer answer, long tick, Instant now) {
        return switch (answer) {
            case Answer.Found found -> {
                var value =
                        new ConfigurationValue(
                                key,
                                found.raw(),
                                found.type(),
                                Source.SERVICE,
                                Freshness.FRESH,
                                found.lastUpdated(),
                                now);
                var stale = value.with(Source.SERVICE, Freshness.STALE);
                yield new CachedValue(
                        new Known.Value(Optional.of(value), Optional.of(stale), tick, false),
                        Optional.empty());
            }
            case Answer.Unknown unknown ->
                    new CachedValue(new Known.Absent(tick), Optional.empty());
            case Answer.Failed(Failure failure) ->
                    new CachedValue(known, Optional.of(new FailedLoad(failure, tick)));
        };
    }

    Standing standing(long tick, Terms terms) {
        return switch (known) {
            case Known.Fixed fixed -> Standing.FRESH;
            case Known.Value value -> {
                long age = tick - value.confirmed();
                if (age < terms.fresh() && !value.restored()) {
                    yield Standing.FRESH;
                }
                yield age < terms.stale() ? Standing.STALE : Standing.COLD;
            }
            case Known.Absent absent ->
                    tick - absent.confirmed() < terms.unknown() ? Standing.ABSENT : Standing.COLD;
            case Known.Nothing nothing -> Standing.COLD;
        };
    }

    /** The value that may be served in this standing. */
    Optional<ConfigurationValue> value(Standing standing) {
        return switch (known) {
            case Known.Fixed fixed -> fixed.value();
            case Known.Value value ->
                    switch (standing) {
                        case FRESH -> value.fresh();
                        case STALE -> value.stale();
                        case ABSENT, COLD -> Optional.empty();
                    };
            case Known.Absent absent -> Optional.empty();
            case Known.Nothing nothing -> Optional.empty();
        };
    }

    /** False for a while after a load that failed. */
    boolean mayLoad(long tick, Terms terms) {
        return failed.isEmpty() || tick - failed.get().tick() >= terms.failure();
    }

    /** What a caller can count on. */
    enum Standing {
        /** A current value. */
        FRESH,
        /** A value that should be confirmed. */
        STALE,
        /** The service does not know the key. */
        ABSENT,
        /** Nothing that may be believed. */
        COLD
    }

    /** What was said. */
    sealed interface Known {
        record Nothing() implements Known {}

        /** What the environment says, for good; nothing where there is no service to ask. */
        record Fixed(Optional<ConfigurationValue> value) implements Known {}

        /** From the service; both forms are kept so that an answer makes no object. */
        record Value(
                Optional<ConfigurationValue> fresh,
                Optional<ConfigurationValue> stale,
                long confirmed,
                boolean restored)
                implements Known {}

        /** The service said that it does not know the key. */
        record Absent(long confirmed) implements Known {}
    }

    /** A load that failed, and when. */
    record FailedLoad(Failure failure, long tick) {}
}
