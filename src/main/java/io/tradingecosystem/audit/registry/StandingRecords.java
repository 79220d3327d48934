package io.tradingecosystem.audit.registry;

import static java.util.Objects.requireNonNull;

import redis.clients.jedis.RedisClient;

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
            RecordReads reads,
            AccessDenials denials) {
        Map<RegistryKey, WritableLayout> byKey = new LinkedHashMap<>();
        layouts.forEach(layout -> byKey.put(RegistryKey.of(layout.key(instance)), layout));
        Map<WritableLayout, Reply<RawValue>> replies = new LinkedHashMap<>();
        reads.ask(
                client,
                List.copyOf(byKey.keySet()),
                answer -> {
                    denials.note("read", answer.key().text(), answer.value());
                    replies.put(requireNonNull(byKey.get(answer.key())), answer.value());
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

    /** True if something stands there that is too large to be looked at. */
    boolean tooLarge(WritableLayout layout) {
        return replies.get(layout) instanceof Reply.TooLarge<RawValue>;
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
