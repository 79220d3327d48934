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

    /** We are not allowed to, in the words of Redis. */
    record Denied<T>(String reason) implements Reply<T> {}

    /** It is too large to be taken. */
    record TooLarge<T>() implements Reply<T> {}

    /** It did not fit with the replies before it: it is to be asked for again. */
    record Later<T>() implements Reply<T> {}

    /** The key holds another type. */
    record WrongType<T>() implements Reply<T> {}

    /** It could not or would not. */
    record Refused<T>(String reason) implements Reply<T> {}

    /**
     * What was answered.
     *
     * @throws JedisDataException if the server is the wrong one
     */
    static <T> Reply<T> of(Response<T> response) {
        try {
            return new Value<>(Optional.ofNullable(response.get()));
        } catch (JedisDataException e) {
            if (WrongServer.says(e)) {
                throw e;
            }
            return of(Optional.ofNullable(e.getMessage()).orElse("no reason given"));
        } catch (ClassCastException | NumberFormatException | IndexOutOfBoundsException e) {
            // Jedis (8.0.2) trusts a reply to be of the kind that belongs to its command.
            return new Refused<>("the answer is of another kind than the question");
        }
    }

    private static <T> Reply<T> of(String error) {
        return switch (error.split(" ", 2)[0]) {
            case "NOPERM" -> new Denied<>(error);
            case "WRONGTYPE" -> new WrongType<>();
            case BoundedReplies.TOO_LARGE -> new TooLarge<>();
            case BoundedReplies.LATER -> new Later<>();
            default -> new Refused<>(error);
        };
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
            case Denied<T> denied -> new Denied<>(denied.reason());
            case TooLarge<T> tooLarge -> new TooLarge<>();
            case Later<T> later -> new Later<>();
            case WrongType<T> wrong -> new WrongType<>();
            case Refused<T> refused -> new Refused<>(refused.reason());
        };
    }

    /** The value, if there is one. */
    default Optional<T> found() {
        return this instanceof Value<T> answer ? answer.value() : Optional.empty();
    }
}
