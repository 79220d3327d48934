package io.tradingecosystem.audit.registry;

import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What stands at an instance's keys, in each layout: its own record or another's. */
final class StandingRecords {
    private final ServiceInstance instance;
    private final Map<WritableLayout, Reply<RawValue>> replies;

    private StandingRecords(
            ServiceInstance instance, Map<WritableLayout, Reply<RawValue>> replies) {
        this.instance = instance;
        this.replies = replies;
    }

    static StandingRecords read(
            RedisClient client,
            List<WritableLayout> layouts,
            ServiceInstance instance,
            AccessDenials denials) {
        Map<WritableLayout, Response<String>> texts = new LinkedHashMap<>();
        Map<WritableLayout, Response<Map<String, String>>> hashes = new LinkedHashMap<>();
        try (Pipeline pipeline = client.pipelined()) {
            for (WritableLayout layout : layouts) {
                String key = layout.key(instance);
                if (RegistryKey.of(key).likelyHash()) {
                    hashes.put(layout, pipeline.hgetAll(key));
                } else {
                    texts.put(layout, pipeline.get(key));
                }
            }
        }
        Map<WritableLayout, Reply<RawValue>> replies = new LinkedHashMap<>();
        texts.forEach(
                (layout, response) ->
                        replies.put(layout, Reply.of(response).map(RawValue.Text::new)));
        hashes.forEach(
                (layout, response) ->
                        replies.put(layout, Reply.ofHash(response).map(RawValue.Hash::new)));
        replies.forEach(
                (layout, reply) -> {
                    String family = RegistryKey.of(layout.key(instance)).family();
                    denials.note("read " + family, reply);
                });
        return new StandingRecords(instance, replies);
    }

    /** True if the record is certainly that of this instance. */
    boolean own(WritableLayout layout) {
        return record(layout).filter(this::same).isPresent();
    }

    /** True if there is certainly no record. */
    boolean absent(WritableLayout layout) {
        return replies.get(layout) instanceof Reply.Value<RawValue> answer
                && answer.value().isEmpty();
    }

    /** The fields that are there and should not be. */
    Set<String> fieldsBeyond(WritableLayout layout, Set<String> wanted) {
        Set<String> beyond = new TreeSet<>();
        raw(layout)
                .filter(RawValue.Hash.class::isInstance)
                .map(RawValue.Hash.class::cast)
                .ifPresent(hash -> beyond.addAll(hash.fields().keySet()));
        beyond.removeAll(wanted);
        return beyond;
    }

    /** Another instance's record where only the own one may be: at a key with the own id in it. */
    Optional<ServiceInstance> stranger() {
        return replies.keySet().stream()
                .filter(layout -> layout.key(instance).endsWith(":" + instance.id()))
                .flatMap(layout -> record(layout).stream())
                .filter(found -> !same(found))
                .findFirst();
    }

    private Optional<ServiceInstance> record(WritableLayout layout) {
        try {
            RegistryKey key = RegistryKey.of(layout.key(instance));
            return raw(layout).map(raw -> layout.read(key, RecordFields.of(raw)));
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    private Optional<RawValue> raw(WritableLayout layout) {
        return Optional.ofNullable(replies.get(layout)).flatMap(Reply::found);
    }

    private boolean same(ServiceInstance found) {
        return found.id().equals(instance.id())
                && found.host().equals(instance.host())
                && found.httpPort().equals(instance.httpPort())
                && found.grpcPort().equals(instance.grpcPort())
                && (found.registeredAt().isEmpty()
                        || found.registeredAt().equals(instance.registeredAt()));
    }
}
