package io.tradingecosystem.audit.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.KeyReader;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Projection.Changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * How far each webhook has come, in a projection of their own, whose keys are
 *
 * <pre>
 * p name           the position of a webhook, and how many verdicts it lost
 * d name 0 place   events that were put aside
 * w name 0 place   those of them that are to be sent again
 * </pre>
 *
 * <p>Thread-safe.
 */
final class DeliveryRecords {
    static final String PROJECTION = "notify";

    private static final char STANDING = 'p';
    private static final char DEAD = 'd';
    private static final char AGAIN = 'w';

    private final Projection projection;
    private final ReentrantLock lock = new ReentrantLock();

    DeliveryRecords(Projection projection) {
        this.projection = projection;
    }

    /**
     * Where a webhook is.
     *
     * @param position the last place in the order of verdicts that is done with
     * @param lost how many verdicts were not kept until it came to them
     */
    record Standing(long position, long lost) {
        Standing at(long place) {
            return new Standing(place, lost);
        }
    }

    Optional<Standing> standing(String webhook) {
        return projection
                .get(standingKey(webhook))
                .map(JsonRecord::read)
                .map(
                        node ->
                                new Standing(
                                        JsonRecord.number(node, "position"),
                                        JsonRecord.number(node, "lost")));
    }

    void put(String webhook, Standing standing) {
        commit(changes -> put(changes, webhook, standing));
    }

    /** Puts an event aside, and goes on behind it. */
    void bury(String webhook, Standing standing, DeadLetter letter) {
        commit(
                changes -> {
                    put(changes, webhook, standing);
                    changes.put(key(DEAD, webhook, letter.place()), bytes(letter));
                });
    }

    /** Puts an event aside that was sent again. */
    void buryAgain(String webhook, DeadLetter letter) {
        commit(
                changes -> {
                    changes.delete(key(AGAIN, webhook, letter.place()));
                    changes.put(key(DEAD, webhook, letter.place()), bytes(letter));
                });
    }

    /** Forgets an event that was sent again, and taken. */
    void remove(String webhook, long place) {
        commit(changes -> changes.delete(key(AGAIN, webhook, place)));
    }

    /** Lets all that were put aside be sent again; tells how many. */
    int revive(String webhook) {
        lock.lock();
        try {
            List<DeadLetter> letters = deadLetters(webhook);
            commit(
                    changes ->
                            letters.forEach(
                                    letter -> {
                                        changes.delete(key(DEAD, webhook, letter.place()));
                                        changes.put(
                                                key(AGAIN, webhook, letter.place()), bytes(letter));
                                    }));
            return letters.size();
        } finally {
            lock.unlock();
        }
    }

    /** What was put aside, in the order of verdicts. */
    List<DeadLetter> deadLetters(String webhook) {
        return letters(DEAD, webhook, Integer.MAX_VALUE);
    }

    /** The first that is to be sent again. */
    Optional<DeadLetter> firstAgain(String webhook) {
        return letters(AGAIN, webhook, 1).stream().findFirst();
    }

    /** How many are to be sent again. */
    int countAgain(String webhook) {
        return count(AGAIN, webhook);
    }

    /** How many were put aside. */
    int countDead(String webhook) {
        return count(DEAD, webhook);
    }

    private int count(char table, String webhook) {
        int[] count = {0};
        byte[] prefix = prefix(table, webhook);
        projection.scan(prefix, prefix, (key, value) -> ++count[0] > 0);
        return count[0];
    }

    private List<DeadLetter> letters(char table, String webhook, int max) {
        List<DeadLetter> letters = new ArrayList<>();
        byte[] prefix = prefix(table, webhook);
        projection.scan(
                prefix,
                prefix,
                (key, value) -> {
                    long place = KeyReader.last(key, 1).number();
                    letters.add(DeadLetter.read(place, JsonRecord.read(value)));
                    return letters.size() < max;
                });
        return letters;
    }

    private void commit(Consumer<Changes> changes) {
        lock.lock();
        try {
            projection.commit(projection.position(), changes);
        } finally {
            lock.unlock();
        }
    }

    private static void put(Changes changes, String webhook, Standing standing) {
        JsonNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("position", standing.position())
                        .put("lost", standing.lost());
        changes.put(standingKey(webhook), JsonRecord.write(node));
    }

    private static byte[] bytes(DeadLetter letter) {
        return JsonRecord.write(letter.toJson());
    }

    private static byte[] standingKey(String webhook) {
        return KeyBuilder.of(STANDING).text(webhook).bytes();
    }

    private static byte[] key(char table, String webhook, long place) {
        return KeyBuilder.behind(prefix(table, webhook)).number(place).bytes();
    }

    private static byte[] prefix(char table, String webhook) {
        return KeyBuilder.of(table).text(webhook).octets(new byte[] {0}).bytes();
    }
}
