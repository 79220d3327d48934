package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.KeyReader;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Effects that name the parent of their span, the newest first. All that one commit has of about a
 * second is one record, for nearly every span is such an effect:
 *
 * <pre>
 * key    b ~bucket ~position of the last event
 * value  for each effect: position, less that of the one before (varint);
 *        occurred_at, less that of the one before or of the bucket's start (zigzag)
 * </pre>
 *
 * <p>The order within a bucket is made when it is read, in constant memory, however many there are.
 */
public final class ParentEffects implements KeySource {
    private static final int BUCKET_BITS = 30;

    /** A bucket is gone through once for so many. */
    private static final int MANY = 1_024;

    private static final int EXPECTED = 64;

    private final Projection projection;

    ParentEffects(Projection projection) {
        this.projection = projection;
    }

    /** All effects that name a parent: of batches, and of logs that had a record for each. */
    public static MergedKeys newestFirst(Projection projection) {
        return MergedKeys.ascending(sources(projection), new byte[0], MANY);
    }

    static List<KeySource> sources(Projection projection) {
        return List.of(
                MergedKeys.behind(projection, KeyBuilder.table(LinkKeys.OF_PARENTS)),
                new ParentEffects(projection));
    }

    /** The bucket of a time in nanoseconds since the epoch. */
    public static long bucket(long at) {
        return at >> BUCKET_BITS;
    }

    private static long start(long bucket) {
        return bucket << BUCKET_BITS;
    }

    /** What one commit has of a bucket. For one thread. */
    public static final class Batch {
        private final ByteWriter value = new ByteWriter(EXPECTED);
        private final long bucket;
        private long position;
        private long at;

        public Batch(long bucket) {
            this.bucket = bucket;
            this.at = start(bucket);
        }

        /** Adds an effect, in the order of the log. */
        public void add(long effectAt, long effect) {
            value.varint(effect - position).zigzag(effectAt - at);
            position = effect;
            at = effectAt;
        }

        public byte[] key() {
            return KeyBuilder.of(LinkKeys.BATCHES_OF_PARENTS)
                    .latestFirst(start(bucket))
                    .descending(position)
                    .bytes();
        }

        public byte[] value() {
            return value.bytes();
        }
    }

    @Override
    public List<byte[]> next(byte[] start, int few) {
        Nearest nearest = new Nearest(start, few);
        projection.scan(
                KeyBuilder.table(LinkKeys.BATCHES_OF_PARENTS),
                firstBucket(start),
                (key, value) -> {
                    long bucket = bucket(LinkKeys.effectAt(key));
                    if (nearest.isFull() && bucket != nearest.bucket) {
                        return false;
                    }
                    nearest.bucket = bucket;
                    nearest.offer(value);
                    return true;
                });
        return nearest.keys();
    }

    private static byte[] firstBucket(byte[] start) {
        byte[] table = KeyBuilder.table(LinkKeys.BATCHES_OF_PARENTS);
        if (start.length < Long.BYTES) {
            return table;
        }
        long bucket = bucket(KeyReader.behindPrefix(start).latestFirst());
        return KeyBuilder.behind(table).latestFirst(start(bucket)).bytes();
    }

    /** The few smallest keys that are not before a start. */
    private static final class Nearest {
        private final byte[] start;
        private final int few;
        private final PriorityQueue<byte[]> keys =
                new PriorityQueue<>((one, other) -> Arrays.compareUnsigned(other, one));
        private long bucket;

        Nearest(byte[] start, int few) {
            this.start = start;
            this.few = few;
        }

        boolean isFull() {
            return keys.size() == few;
        }

        void offer(byte[] value) {
            ByteReader in = new ByteReader(value);
            long position = 0;
            long at = start(bucket);
            while (in.hasMore()) {
                position += in.varint();
                at += in.zigzag();
                offer(at, position);
            }
        }

        private void offer(long at, long position) {
            byte[] key =
                    KeyBuilder.behind(new byte[0]).latestFirst(at).descending(position).bytes();
            if (Arrays.compareUnsigned(key, start) < 0) {
                return;
            }
            if (isFull() && Arrays.compareUnsigned(key, keys.element()) >= 0) {
                return;
            }
            if (isFull()) {
                keys.remove();
            }
            keys.add(key);
        }

        List<byte[]> keys() {
            List<byte[]> sorted = new ArrayList<>(keys);
            sorted.sort(Arrays::compareUnsigned);
            return sorted;
        }
    }
}
