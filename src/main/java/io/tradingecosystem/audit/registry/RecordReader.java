package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;

import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads every record in all layouts: one SCAN over the keys, then pipelined reads. The type of a
 * key's value is guessed from the key, and the other one asked for where Redis says WRONGTYPE. Not
 * thread-safe.
 */
final class RecordReader {
    private static final EventLogger LOG = EventLogger.of(RecordReader.class);
    private static final ScanParams SCAN =
            new ScanParams().match(RegistryKey.SCAN_PATTERN).count(1_000);
    private static final int BATCH = 500;
    private static final long NO_KEY = -2;
    private static final long NO_EXPIRY = -1;

    private final List<LayoutCodec> layouts;
    private final Duration ownTtl;
    private final int maxRecords;
    private final AccessDenials denials;
    private final UnreadableRecords unreadable = new UnreadableRecords();
    private boolean saidTooMany;

    /**
     * @param ownTtl how long our own records are valid; others of layout A may be as patient
     */
    RecordReader(
            List<LayoutCodec> layouts, Duration ownTtl, int maxRecords, AccessDenials denials) {
        this.layouts = List.copyOf(layouts);
        this.ownTtl = ownTtl;
        this.maxRecords = maxRecords;
        this.denials = denials;
    }

    /** Reads all there is. */
    Result read(RedisClient client, Instant now) {
        Map<String, RegistryKey> keys = keys(client);
        unreadable.begin();
        Tally tally = new Tally();
        List<RegistryKey> batch = new ArrayList<>(BATCH);
        for (RegistryKey key : keys.values()) {
            batch.add(key);
            if (batch.size() == BATCH) {
                readBatch(client, batch, now, tally);
                batch.clear();
            }
        }
        readBatch(client, batch, now, tally);
        return new Result(
                InstanceMerger.merge(tally.instances),
                keys.keySet(),
                tally.records,
                unreadable.end(),
                tally.expired);
    }

    private Map<String, RegistryKey> keys(RedisClient client) {
        Map<String, RegistryKey> keys = new LinkedHashMap<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        boolean more = true;
        while (more) {
            ScanResult<String> page = client.scan(cursor, SCAN);
            for (String text : page.getResult()) {
                RegistryKey key = RegistryKey.of(text);
                if (key.mayHoldRecord()) {
                    keys.put(text, key);
                }
            }
            cursor = page.getCursor();
            more = !page.isCompleteIteration() && keys.size() < maxRecords;
        }
        boolean tooMany = keys.size() >= maxRecords;
        if (tooMany && !saidTooMany) {
            LOG.warn("registry.too_many_records", "read", keys.size(), "limit", maxRecords);
        }
        saidTooMany = tooMany;
        return keys;
    }

    private void readBatch(RedisClient client, List<RegistryKey> keys, Instant now, Tally tally) {
        if (keys.isEmpty()) {
            return;
        }
        List<RegistryKey> otherType = new ArrayList<>();
        for (Answer answer : ask(client, keys, false)) {
            if (answer.value() instanceof Reply.WrongType<RawValue>) {
                otherType.add(answer.key());
            } else {
                take(answer, now, tally);
            }
        }
        if (!otherType.isEmpty()) {
            ask(client, otherType, true).forEach(answer -> take(answer, now, tally));
        }
    }

    private static List<Answer> ask(RedisClient client, List<RegistryKey> keys, boolean otherType) {
        List<Asked> asked = new ArrayList<>(keys.size());
        try (Pipeline pipeline = client.pipelined()) {
            for (RegistryKey key : keys) {
                String alive = key.inOtherNamespace() ? LayoutG.heartbeatKey(key) : key.text();
                Response<Long> expiry = pipeline.pttl(key.text());
                Response<Long> heartbeat = key.inOtherNamespace() ? pipeline.pttl(alive) : expiry;
                if (key.likelyHash() != otherType) {
                    asked.add(
                            new Asked.ForHash(
                                    key, pipeline.hgetAll(key.text()), expiry, heartbeat));
                } else {
                    asked.add(new Asked.ForText(key, pipeline.get(key.text()), expiry, heartbeat));
                }
            }
        }
        return asked.stream().map(Asked::answer).toList();
    }

    private void take(Answer answer, Instant now, Tally tally) {
        denials.note("read " + answer.key().family(), answer.value());
        switch (answer.value()) {
            case Reply.Value<RawValue> value ->
                    value.value().ifPresent(raw -> decode(answer, raw, now, tally));
            case Reply.Denied<RawValue> denied -> {}
            case Reply.WrongType<RawValue> wrong ->
                    unreadable.add(answer.key().text(), "it is neither a string nor a hash");
            case Reply.Refused<RawValue> refused ->
                    unreadable.add(answer.key().text(), refused.reason());
        }
    }

    private void decode(Answer answer, RawValue raw, Instant now, Tally tally) {
        try {
            RecordFields fields = RecordFields.of(raw);
            Optional<LayoutCodec> layout = layoutOf(answer.key(), fields);
            if (layout.isEmpty()) {
                return;
            }
            ServiceInstance instance = layout.get().read(answer.key(), fields);
            if (expired(layout.get(), instance, answer, now)) {
                tally.expired++;
            } else {
                tally.instances.add(instance);
                tally.records.merge(layout.get().layout(), 1, Integer::sum);
            }
        } catch (UnreadableRecordException e) {
            unreadable.add(answer.key().text(), String.valueOf(e.getMessage()));
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
        boolean endsByItself =
                answer.expiryMillis() > NO_EXPIRY && answer.expiryMillis() <= ttl.toMillis();
        boolean hasHeartbeat =
                answer.key().inOtherNamespace() && answer.heartbeatMillis() != NO_KEY;
        return !endsByItself
                && !hasHeartbeat
                && instance.age(now).filter(age -> age.compareTo(ttl) > 0).isPresent();
    }

    /**
     * What one reading found.
     *
     * @param instances those alive, each once
     * @param keys the keys at which something was looked for
     * @param records records of those alive, by layout
     * @param unreadable records that could not be read
     * @param expired records older than their time to live
     */
    record Result(
            List<ServiceInstance> instances,
            Set<String> keys,
            Map<Layout, Integer> records,
            int unreadable,
            int expired) {}

    private record Answer(
            RegistryKey key, Reply<RawValue> value, long expiryMillis, long heartbeatMillis) {}

    private sealed interface Asked {
        Answer answer();

        record ForText(
                RegistryKey key,
                Response<String> value,
                Response<Long> expiry,
                Response<Long> heartbeat)
                implements Asked {
            @Override
            public Answer answer() {
                Reply<RawValue> reply = Reply.of(value).map(RawValue.Text::new);
                return new Answer(key, reply, millis(expiry), millis(heartbeat));
            }
        }

        record ForHash(
                RegistryKey key,
                Response<Map<String, String>> value,
                Response<Long> expiry,
                Response<Long> heartbeat)
                implements Asked {
            @Override
            public Answer answer() {
                Reply<RawValue> reply = Reply.ofHash(value).map(RawValue.Hash::new);
                return new Answer(key, reply, millis(expiry), millis(heartbeat));
            }
        }

        /** An expiry that we may not see is as none. */
        private static long millis(Response<Long> expiry) {
            return Reply.of(expiry).found().orElse(NO_EXPIRY);
        }
    }

    private static final class Tally {
        private final List<ServiceInstance> instances = new ArrayList<>();
        private final Map<Layout, Integer> records = new EnumMap<>(Layout.class);
        private int expired;
    }
}
