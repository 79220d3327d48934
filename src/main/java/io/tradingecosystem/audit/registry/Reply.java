package io.tradingecosystem.audit.registry;

import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What Redis answered to one command of a pipeline. */
sealed interface Reply<T> {
    /** It did it; the value may be absent, as that of a key that does not exist. */
    record Value<T>(Optional<T> value) implements Reply<T> {}

    /** We are not allowed to. */
    record Denied<T>() implements Reply<T> {}

    /** The key holds another type. */
    record WrongType<T>() implements Reply<T> {}

    /** It could not or would not, such as a read-only replica. */
    record Refused<T>(String reason) implements Reply<T> {}

    static <T> Reply<T> of(Response<T> response) {
        try {
            return new Value<>(Optional.ofNullable(response.get()));
        } catch (JedisDataException e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse("no reason given");
            if (reason.startsWith("NOPERM")) {
                return new Denied<>();
            }
            return reason.startsWith("WRONGTYPE") ? new WrongType<>() : new Refused<>(reason);
        }
    }

    /** As {@link #of}; Redis says an empty hash for one that does not exist. */
    static Reply<Map<String, String>> ofHash(Response<Map<String, String>> response) {
        Reply<Map<String, String>> reply = of(response);
        return reply instanceof Value<Map<String, String>> answer
                ? new Value<>(answer.value().filter(fields -> !fields.isEmpty()))
                : reply;
    }

    /** The same answer with another value. */
    default <R> Reply<R> map(Function<T, R> change) {
        return switch (this) {
            case Value<T> answer -> new Value<>(answer.value().map(change));
            case Denied<T> denied -> new Denied<>();
            case WrongType<T> wrong -> new WrongType<>();
            case Refused<T> refused -> new Refused<>(refused.reason());
        };
    }

    /** The value, if there is one. */
    default Optional<T> found() {
        return this instanceof Value<T> answer ? answer.value() : Optional.empty();
    }
}
