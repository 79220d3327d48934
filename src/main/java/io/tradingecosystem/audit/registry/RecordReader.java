package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.registry.RecordReads.Answer;
import io.tradingecosystem.audit.settings.RegistrySettings;

import redis.clients.jedis.RedisClient;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.LongSupplier;

/**
 * Reads every record in all layouts: one SCAN over the keys, then pipelined reads in the order of
 * the keys, until there are as many records as may be known. Keys that hold no record do not count.
 * Not thread-safe.
 */
final class RecordReader {
    private static final EventLogger LOG = EventLogger.of(RecordReader.class);
    private static final int BATCH = 500;

    /** Unrelated keys may be so many times those that hold records. */
    private static final int KEYS_PER_RECORD = 4;

    /** So many unreadable records are looked at again at every refresh, more only now and then. */
    private static final int WATCHED = 1_000;

    private static final long MAX_TOTAL_SIZE = 64L << 20;

    private final List<LayoutCodec> layouts;
    private final Duration ownTtl;
    private final int maxRecords;
    private final int maxRecordSize;
    private final AccessDenials denials;
    private final RecordReads reads;
    private final RestingKeys resting;
    private final UnreadableRecords unreadable = new UnreadableRecords();
    private boolean saidTooMany;

    /**
     * @param layouts those that are read
     * @param ticker monotonic time in nanoseconds
     */
    RecordReader(
            List<LayoutCodec> layouts,
            RegistrySettings settings,
            RecordReads reads,
            AccessDenials denials,
            LongSupplier ticker) {
        this.layouts = List.copyOf(layouts);
        this.ownTtl = settings.ttl();
        this.maxRecords = settings.maxRecords();
        this.maxRecordSize = settings.maxRecordSize();
        this.denials = denials;
        this.reads = reads;
        this.resting = new RestingKeys(ticker);
    }

    /** Reads all there is. */
    Result read(RedisClient client, Instant now) {
        KeyScan scan = new KeyScan(KEYS_PER_RECORD * maxRecords).run(client);
        resting.retain(scan.keys());
        unreadable.begin();
        Tally tally = new Tally(denials.round(), now);
        int unread = scan.dropped() + readUntilFull(client, scan.keys(), tally);
        tally.round.end();
        sayIfTooMany(unread);
        return new Result(
                InstanceMerger.merge(tally.instances),
                scan.dropped() > 0 ? Optional.empty() : Optional.of(scan.keys()),
                tally.records,
                unreadable.end(),
                tally.expired,
                unread);
    }

    /** Reads keys in their order, and says how many of them it left. */
    private int readUntilFull(RedisClient client, SortedSet<String> keys, Tally tally) {
        List<RegistryKey> batch = new ArrayList<>(BATCH);
        int left = keys.size();
        Iterator<String> rest = keys.iterator();
        while (rest.hasNext() && !full(tally)) {
            String key = rest.next();
            left--;
            resting.reason(key)
                    .ifPresentOrElse(
                            reason -> unreadable.add(key, reason),
                            () -> batch.add(RegistryKey.of(key)));
            if (batch.size() == Math.min(BATCH, maxRecords - tally.instances.size())) {
                reads.ask(client, batch, answer -> take(answer, tally));
                batch.clear();
            }
        }
        reads.ask(client, batch, answer -> take(answer, tally));
        return left;
    }

    private boolean full(Tally tally) {
        return tally.instances.size() >= maxRecords || tally.size >= MAX_TOTAL_SIZE;
    }

    private void sayIfTooMany(int unread) {
        if (unread > 0 && !saidTooMany) {
            LOG.warn(
                    "registry.too_many_records",
                    "unread",
                    unread,
                    "limit",
                    maxRecords,
                    "remedy",
                    "a larger registry.max-records, or fewer keys like those of services");
        }
        saidTooMany = unread > 0;
    }

    private void take(Answer answer, Tally tally) {
        tally.round.note(answer.key(), answer.value());
        switch (answer.value()) {
            case Reply.Value<RawValue> value ->
                    value.value().ifPresent(raw -> decode(answer, raw, tally));
            case Reply.Denied<RawValue> denied -> {}
            case Reply.WrongType<RawValue> wrong ->
                    skip(answer, "it is neither a string nor a hash");
            case Reply.Refused<RawValue> refused -> skip(answer, refused.reason());
            case Reply.TooLarge<RawValue> tooLarge -> skipTooLarge(answer);
            case Reply.Later<RawValue> later ->
                    throw new IllegalStateException("it was not asked for again");
        }
    }

    private void skip(Answer answer, String reason) {
        unreadable.add(answer.key().text(), reason);
        if (unreadable.count() > WATCHED) {
            resting.add(answer.key().text(), reason);
        }
    }

    private void skipTooLarge(Answer answer) {
        String reason = "it has more than " + maxRecordSize + " bytes (registry.max-record-size)";
        unreadable.add(answer.key().text(), reason);
        resting.add(answer.key().text(), reason);
    }

    private void decode(Answer answer, RawValue raw, Tally tally) {
        try {
            RecordFields fields = RecordFields.of(raw);
            Optional<LayoutCodec> layout = layoutOf(answer.key(), fields);
            if (layout.isPresent()) {
                take(layout.get(), layout.get().read(answer.key(), fields), answer, tally);
                tally.size += raw.size();
            }
        } catch (UnreadableRecordException e) {
            skip(answer, String.valueOf(e.getMessage()));
        }
    }

    private void take(LayoutCodec layout, ServiceInstance instance, Answer answer, Tally tally) {
        if (expired(layout, instance, answer, tally.now)) {
            tally.expired++;
        } else {
            tally.instances.add(instance);
            tally.records.merge(layout.layout(), 1, Integer::sum);
        }
    }

    private Optional<LayoutCodec> layoutOf(RegistryKey key, RecordFields fields) {
        for (LayoutCodec codec : layouts) {
            if (codec.claims(key, fields)) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    /**
     * A record counts as alive while Redis itself will end it within its time to live: it was then
     * written lately, whatever the writer's clock or the own one says. Otherwise its own time
     * decides.
     */
    private boolean expired(
            LayoutCodec layout, ServiceInstance instance, Answer answer, Instant now) {
        Optional<Duration> nominal = layout.ttl();
        if (nominal.isEmpty()) {
            return false;
        }
        Duration ttl = nominal.get().compareTo(ownTtl) < 0 ? ownTtl : nominal.get();
        boolean endsByItself = answer.expires() && answer.expiryMillis() <= ttl.toMillis();
        return !endsByItself
                && !answer.hasHeartbeat()
                && instance.age(now).filter(age -> age.compareTo(ttl) > 0).isPresent();
    }

    /**
     * What one reading found.
     *
     * @param instances those alive, each once
     * @param keys the keys at which something may stand, if all are known
     * @param records records of those alive, by layout
     * @param unreadable records that could not be read
     * @param expired records older than their time to live
     * @param unread keys that were not looked at, because there are too many
     */
    record Result(
            List<ServiceInstance> instances,
            Optional<SortedSet<String>> keys,
            Map<Layout, Integer> records,
            int unreadable,
            int expired,
            int unread) {}

    private static final class Tally {
        private final List<ServiceInstance> instances = new ArrayList<>();
        private final Map<Layout, Integer> records = new EnumMap<>(Layout.class);
        private final AccessDenials.Round round;
        private final Instant now;
        private long size;
        private int expired;

        Tally(AccessDenials.Round round, Instant now) {
            this.round = round;
            this.now = now;
        }
    }
}
