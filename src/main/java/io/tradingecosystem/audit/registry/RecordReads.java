package io.tradingecosystem.audit.registry;

import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what stands at keys, in pipelines of a bounded size. The type of a key's value is guessed
 * from the key, and the other one asked for where Redis says WRONGTYPE. Of a text Redis sends no
 * more than can be taken (GETRANGE); a hash that is too large is found out by its reply.
 * Thread-safe.
 */
final class RecordReads {
    private static final int BATCH = 500;
    private static final long NO_KEY = -2;
    private static final long NO_EXPIRY = -1;
    private static final String RANGE_DENIED = "'getrange'";

    private final int maxSize;
    private volatile boolean ranged = true;

    /**
     * @param maxSize of one record, in bytes
     */
    RecordReads(int maxSize) {
        this.maxSize = maxSize;
    }

    /**
     * What stands at each of these keys.
     *
     * @param taker gets the answers while they come, not always in the order of the keys
     */
    void ask(RedisClient client, List<RegistryKey> keys, Consumer<Answer> taker) {
        Deque<Question> open = new ArrayDeque<>();
        keys.forEach(key -> open.add(new Question(key, key.likelyHash(), false)));
        while (!open.isEmpty()) {
            List<Question> batch = new ArrayList<>(BATCH);
            while (batch.size() < BATCH && !open.isEmpty()) {
                batch.add(open.remove());
            }
            for (Answered each : exchange(client, batch)) {
                again(each).ifPresentOrElse(open::add, () -> taker.accept(each.answer()));
            }
        }
    }

    /** The question that follows from an answer, if one does. */
    private Optional<Question> again(Answered answered) {
        Question question = answered.question();
        return switch (answered.answer().value()) {
            case Reply.Later<RawValue> later -> Optional.of(question);
            case Reply.WrongType<RawValue> wrong when !question.second() ->
                    Optional.of(question.other());
            case Reply.Denied<RawValue> denied when rangeIsMissing(denied.reason(), question) ->
                    Optional.of(question);
            case Reply.Refused<RawValue> refused when rangeIsMissing(refused.reason(), question) ->
                    Optional.of(question);
            case Reply.Value<RawValue> value -> Optional.empty();
            case Reply.WrongType<RawValue> wrong -> Optional.empty();
            case Reply.Denied<RawValue> denied -> Optional.empty();
            case Reply.Refused<RawValue> refused -> Optional.empty();
            case Reply.TooLarge<RawValue> tooLarge -> Optional.empty();
        };
    }

    /** Notes that texts are to be asked for as a whole, where access rules know only GET. */
    private boolean rangeIsMissing(String reason, Question question) {
        boolean missing =
                !question.hash() && reason.toLowerCase(Locale.ROOT).contains(RANGE_DENIED);
        if (missing) {
            ranged = false;
        }
        return missing;
    }

    private List<Answered> exchange(RedisClient client, List<Question> batch) {
        List<Asked> asked = new ArrayList<>(batch.size());
        try (Pipeline pipeline = client.pipelined()) {
            batch.forEach(question -> asked.add(send(question, pipeline)));
        } catch (JedisConnectionException e) {
            return without(OversizedReplyException.in(e).orElseThrow(() -> e), asked);
        }
        return asked.stream().map(Asked::answered).toList();
    }

    /** One reply cost the connection: its record is too large, the others are asked for again. */
    private static List<Answered> without(OversizedReplyException oversized, List<Asked> asked) {
        List<Answered> answers = new ArrayList<>(asked.size());
        int reply = 0;
        for (Asked each : asked) {
            boolean itsReply =
                    oversized.reply() >= reply && oversized.reply() < reply + each.replies();
            answers.add(each.answered(itsReply ? new Reply.TooLarge<>() : new Reply.Later<>()));
            reply += each.replies();
        }
        return answers;
    }

    private Asked send(Question question, Pipeline pipeline) {
        RegistryKey key = question.key();
        Response<Long> expiry = pipeline.pttl(key.text());
        Optional<Response<Long>> heartbeat =
                key.inOtherNamespace()
                        ? Optional.of(pipeline.pttl(LayoutG.heartbeatKey(key)))
                        : Optional.empty();
        return question.hash()
                ? new Asked.ForHash(question, pipeline.hgetAll(key.text()), expiry, heartbeat)
                : new Asked.ForText(question, text(key.text(), pipeline), expiry, heartbeat);
    }

    private Response<String> text(String key, Pipeline pipeline) {
        return ranged ? pipeline.getrange(key, 0, maxSize) : pipeline.get(key);
    }

    /**
     * What stands at a key.
     *
     * @param expiryMillis as PTTL says it
     * @param heartbeatMillis the same of the key of its heartbeat, where it has one
     */
    record Answer(RegistryKey key, Reply<RawValue> value, long expiryMillis, long heartbeatMillis) {
        boolean expires() {
            return expiryMillis > NO_EXPIRY;
        }

        boolean hasHeartbeat() {
            return key.inOtherNamespace() && heartbeatMillis != NO_KEY;
        }
    }

    /**
     * What is asked of a key.
     *
     * @param hash whether it is taken for a hash, not for a text
     * @param second whether the other type was asked for before
     */
    private record Question(RegistryKey key, boolean hash, boolean second) {
        Question other() {
            return new Question(key, !hash, true);
        }
    }

    private record Answered(Question question, Answer answer) {}

    private sealed interface Asked {
        Question question();

        Reply<RawValue> value();

        Response<Long> expiry();

        Optional<Response<Long>> heartbeat();

        default int replies() {
            return heartbeat().isPresent() ? 3 : 2;
        }

        default Answered answered() {
            long millis = millis(expiry());
            return new Answered(
                    question(),
                    new Answer(
                            question().key(),
                            value(),
                            millis,
                            heartbeat().map(Asked::millis).orElse(millis)));
        }

        default Answered answered(Reply<RawValue> instead) {
            return new Answered(
                    question(), new Answer(question().key(), instead, NO_EXPIRY, NO_EXPIRY));
        }

        record ForText(
                Question question,
                Response<String> text,
                Response<Long> expiry,
                Optional<Response<Long>> heartbeat)
                implements Asked {
            /** Redis says an empty range of a text that does not exist. */
            @Override
            public Reply<RawValue> value() {
                Reply<String> reply = Reply.of(text);
                return reply instanceof Reply.Value<String> answer
                                && answer.value().filter(String::isEmpty).isPresent()
                        ? new Reply.Value<>(Optional.empty())
                        : reply.map(RawValue.Text::new);
            }
        }

        record ForHash(
                Question question,
                Response<Map<String, String>> fields,
                Response<Long> expiry,
                Optional<Response<Long>> heartbeat)
                implements Asked {
            @Override
            public Reply<RawValue> value() {
                return Reply.ofHash(fields).map(RawValue.Hash::new);
            }
        }

        /** An expiry that we may not see is as none. */
        private static long millis(Response<Long> expiry) {
            return Reply.of(expiry).found().orElse(NO_EXPIRY);
        }
    }
}
