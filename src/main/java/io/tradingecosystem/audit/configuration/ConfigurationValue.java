package io.tradingecosystem.audit.configuration;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The value of a key as it was when it was asked for. The conversions read the text whatever its
 * declared type, for services do not agree on types. Immutable.
 *
 * @param key the key
 * @param raw the value as text
 * @param type what the service says the value is, or what it looks like
 * @param source who said so
 * @param freshness whether it is known to be current
 * @param lastUpdated when it was changed last, if the service says so
 * @param asOf when it was confirmed last: by the service, or at the start for a value of our own
 */
public record ConfigurationValue(
        String key,
        String raw,
        ValueType type,
        Source source,
        Freshness freshness,
        Optional<Instant> lastUpdated,
        Instant asOf) {
    private static final int MAX_SHOWN_LENGTH = 100;

    public ConfigurationValue {
        requireNonNull(key, "key is null");
        requireNonNull(raw, "raw is null");
    }

    /** A value of our own, which is always current. */
    static ConfigurationValue own(String key, String raw, Source source, Instant asOf) {
        ValueType type = ValueType.of(raw);
        return new ConfigurationValue(
                key, raw, type, source, Freshness.FRESH, Optional.empty(), asOf);
    }

    /** Time since it was confirmed; zero if the clock was set back. */
    public Duration age(Instant now) {
        return asOf.isAfter(now) ? Duration.ZERO : Duration.between(asOf, now);
    }

    /** True if nobody said so but the settings of this process. */
    public boolean isDefault() {
        return source == Source.DEFAULT;
    }

    /** The text as it is. */
    public String asString() {
        return raw;
    }

    /**
     * A whole number; {@code 30.0} is one.
     *
     * @throws ConfigurationException naming key, value and type, as all conversions do
     */
    public int asInt() {
        return Conversions.toInt(raw, this::unfit);
    }

    /** A whole number. */
    public long asLong() {
        return Conversions.toLong(raw, this::unfit);
    }

    /** A finite number. */
    public double asDouble() {
        return Conversions.toDouble(raw, this::unfit);
    }

    /** {@code true}, {@code yes}, {@code on} or {@code 1}, or their opposites, in any case. */
    public boolean asBoolean() {
        return Conversions.toBoolean(raw, this::unfit);
    }

    /** A duration with its unit, such as {@code 250ms}, {@code 1h30m} or {@code PT15S}. */
    public Duration asDuration() {
        return Conversions.toDuration(raw, this::unfit);
    }

    /** JSON, bound to a class by Jackson; members that the class does not have are ignored. */
    public <T> T asJson(Class<T> wanted) {
        return Conversions.toJson(raw, wanted, this::unfit);
    }

    /** What to throw where the value is of the right type and still none to go by. */
    public ConfigurationException unfit(String wanted) {
        String shown =
                raw.length() > MAX_SHOWN_LENGTH
                        ? raw.substring(0, MAX_SHOWN_LENGTH) + "… (" + raw.length() + " characters)"
                        : raw;
        return new ConfigurationException(
                key,
                ConfigurationException.Reason.WRONG_TYPE,
                "%s is \"%s\" (from %s), not a %s"
                        .formatted(key, shown, source.name().toLowerCase(Locale.ROOT), wanted));
    }

    ConfigurationValue with(Source newSource, Freshness newFreshness) {
        return new ConfigurationValue(key, raw, type, newSource, newFreshness, lastUpdated, asOf);
    }

    /**
     * True if both say the same, whenever and by whose mouth; but what is a default only is another
     * thing than what somebody wants.
     */
    boolean saysTheSameAs(ConfigurationValue other) {
        return raw.equals(other.raw) && type == other.type && isDefault() == other.isDefault();
    }

    /** Where a value came from; the first that has one is taken. */
    public enum Source {
        /** The environment of this process. */
        ENVIRONMENT,
        /** The configuration service, asked by this process. */
        SERVICE,
        /** The configuration service, asked by an earlier process. */
        SNAPSHOT,
        /** The settings of this process, or the caller. */
        DEFAULT
    }

    /** Whether a value is known to be current. */
    public enum Freshness {
        /** Confirmed lately. */
        FRESH,
        /** The service could not be asked, or not yet: this is its last good answer. */
        STALE
    }
}
