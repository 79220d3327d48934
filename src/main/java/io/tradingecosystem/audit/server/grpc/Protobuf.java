package io.tradingecosystem.audit.server.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Times, durations and choices, in messages and in our own types. */
public final class Protobuf {
    private Protobuf() {}

    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    public static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** Protobuf wants seconds and nanoseconds of one sign. */
    public static Duration duration(java.time.Duration duration) {
        boolean negative = duration.isNegative();
        java.time.Duration size = duration.abs();
        return Duration.newBuilder()
                .setSeconds(negative ? -size.getSeconds() : size.getSeconds())
                .setNanos(negative ? -size.getNano() : size.getNano())
                .build();
    }

    public static java.time.Duration duration(Duration duration) {
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    /**
     * The constant of the same name; none for what is unspecified, or of a newer proto than ours.
     */
    public static <E extends Enum<E>> Optional<E> choice(Enum<?> asked, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(asked.name()))
                .findFirst();
    }
}
