package io.tradingecosystem.audit.registry;

import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes our records, each with its expiry, and takes them away again. Needs neither MULTI nor
 * EVAL, which access rules may forbid: a text and its expiry are one command, a hash keeps the
 * expiry of the heartbeat before, and both commands of its first heartbeat travel together.
 * Thread-safe.
 */
final class RecordWriter {
    private final List<WritableLayout> layouts;
    private final long ttlSeconds;
    private final RecordReads reads;
    private final AccessDenials denials;

    RecordWriter(
            List<WritableLayout> layouts, Duration ttl, RecordReads reads, AccessDenials denials) {
        this.layouts = List.copyOf(layouts);
        this.reads = reads;
        this.ttlSeconds = Math.max(1, ttl.plusMillis(999).toSeconds());
        this.denials = denials;
    }

    /** The keys that hold our records in some layouts. */
    List<String> keys(ServiceInstance instance, Set<Layout> some) {
        return layouts.stream()
                .filter(layout -> some.contains(layout.layout()))
                .map(layout -> layout.key(instance))
                .toList();
    }

    /** Writes the whole record in every layout, whatever stands there. */
    Written write(RedisClient client, ServiceInstance instance, Instant now) {
        StandingRecords standing = StandingRecords.read(client, layouts, instance, reads, denials);
        CommandBatch batch = new CommandBatch();
        for (WritableLayout layout : layouts) {
            String key = layout.key(instance);
            switch (layout.write(instance, now)) {
                case RawValue.Text text -> {
                    SetParams expiring = SetParams.setParams().ex(ttlSeconds);
                    batch.addWriting(
                            layout.layout(), "SET", key, p -> p.set(key, text.json(), expiring));
                }
                case RawValue.Hash hash -> {
                    if (standing.tooLarge(layout)) {
                        batch.add("DEL", key, p -> p.del(key));
                    }
                    Set<String> extra = standing.fieldsBeyond(layout, hash.fields().keySet());
                    if (layout.exactFields() && !extra.isEmpty()) {
                        String[] names = extra.toArray(String[]::new);
                        batch.add("HDEL", key, p -> p.hdel(key, names));
                    }
                    batch.addWriting(layout.layout(), "HSET", key, p -> p.hset(key, hash.fields()));
                    batch.add("EXPIRE", key, p -> p.expire(key, ttlSeconds));
                }
            }
            layout.indexKey(instance)
                    .ifPresent(
                            index -> batch.add("SADD", index, p -> p.sadd(index, instance.id())));
        }
        CommandBatch.Outcome outcome = batch.run(client, denials);
        return new Written(outcome.written(), outcome.refusal(), standing.stranger());
    }

    /**
     * Deletes the records that are still those of the instance. Between the look and the deletion
     * another instance of the service may write its own; if so, that one is missing until its next
     * heartbeat.
     *
     * @return why something was not deleted, other than by access rules
     */
    Optional<String> withdraw(RedisClient client, ServiceInstance instance) {
        StandingRecords standing = StandingRecords.read(client, layouts, instance, reads, denials);
        CommandBatch batch = new CommandBatch();
        for (WritableLayout layout : layouts) {
            boolean own = standing.own(layout);
            if (own) {
                String key = layout.key(instance);
                batch.add("DEL", key, p -> p.del(key));
            }
            if (own || standing.absent(layout)) {
                layout.indexKey(instance)
                        .ifPresent(
                                index ->
                                        batch.add(
                                                "SREM", index, p -> p.srem(index, instance.id())));
            }
        }
        return batch.run(client, denials).refusal();
    }

    /**
     * What one heartbeat did.
     *
     * @param written the layouts that now have our record
     * @param refusal why something was not written, other than by access rules
     * @param stranger another writer at an own key
     */
    record Written(
            Set<Layout> written, Optional<String> refusal, Optional<ServiceInstance> stranger) {}
}
