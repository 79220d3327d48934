package io.tradingecosystem.audit.registry;

import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes our records, each with its expiry, and takes them away again. Needs neither MULTI nor
 * EVAL, which access rules may forbid: a text and its expiry are one command, a hash keeps the
 * expiry of the beat before, and both commands of its first beat travel in one packet.
 */
final class RecordWriter {
    private final List<WritableLayout> layouts;
    private final Duration ttl;
    private final Denials denials;

    RecordWriter(List<WritableLayout> layouts, Duration ttl, Denials denials) {
        this.layouts = List.copyOf(layouts);
        this.ttl = ttl;
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
    Beat write(RedisClient client, ServiceInstance instance, Instant now) {
        Map<WritableLayout, Reply<RawValue>> standing = read(client, instance, now);
        List<Command> commands = new ArrayList<>();
        try (Pipeline pipeline = client.pipelined()) {
            for (WritableLayout layout : layouts) {
                Reply<RawValue> before = standing.getOrDefault(layout, new Reply.Denied<>());
                commands.addAll(write(pipeline, layout, before, instance, now));
            }
        }
        Set<Layout> written = EnumSet.noneOf(Layout.class);
        Optional<String> refusal = Optional.empty();
        for (Command command : commands) {
            Reply<?> reply = command.reply();
            denials.note(command.what(), reply);
            switch (reply) {
                case Reply.Value<?> done -> command.writes().ifPresent(written::add);
                case Reply.Refused<?> refused -> refusal = Optional.of(refused.reason());
                case Reply.WrongType<?> wrong ->
                        refusal = Optional.of(command.what() + " finds another type");
                case Reply.Denied<?> denied -> {}
            }
        }
        return new Beat(written, refusal, strangers(standing, instance));
    }

    /**
     * Deletes the records that are still ours. Between the look and the deletion another instance
     * of the service may write its own; if so, that one is missing until its next beat.
     */
    void withdraw(RedisClient client, ServiceInstance instance, Instant now) {
        Map<WritableLayout, Reply<RawValue>> standing = read(client, instance, now);
        List<Command> commands = new ArrayList<>();
        try (Pipeline pipeline = client.pipelined()) {
            standing.forEach(
                    (layout, reply) -> {
                        if (!(reply instanceof Reply.Value<RawValue> readable)) {
                            return;
                        }
                        String key = layout.key(instance);
                        boolean ours =
                                readable.value()
                                        .filter(raw -> ours(layout, raw, instance))
                                        .isPresent();
                        if (ours) {
                            commands.add(command("DEL", key, pipeline.del(key)));
                        }
                        if (ours || readable.value().isEmpty()) {
                            layout.indexKey(instance)
                                    .ifPresent(
                                            index ->
                                                    commands.add(
                                                            command(
                                                                    "SREM",
                                                                    index,
                                                                    pipeline.srem(
                                                                            index,
                                                                            instance.id()))));
                        }
                    });
        }
        commands.forEach(command -> denials.note(command.what(), command.reply()));
    }

    private Map<WritableLayout, Reply<RawValue>> read(
            RedisClient client, ServiceInstance instance, Instant now) {
        Map<WritableLayout, Response<String>> texts = new LinkedHashMap<>();
        Map<WritableLayout, Response<Map<String, String>>> hashes = new LinkedHashMap<>();
        try (Pipeline pipeline = client.pipelined()) {
            for (WritableLayout layout : layouts) {
                String key = layout.key(instance);
                switch (layout.write(instance, now)) {
                    case RawValue.Text text -> texts.put(layout, pipeline.get(key));
                    case RawValue.Hash hash -> hashes.put(layout, pipeline.hgetAll(key));
                }
            }
        }
        Map<WritableLayout, Reply<RawValue>> standing = new LinkedHashMap<>();
        texts.forEach(
                (layout, response) ->
                        standing.put(layout, Reply.of(response).map(RawValue.Text::new)));
        hashes.forEach(
                (layout, response) ->
                        standing.put(layout, Reply.ofHash(response).map(RawValue.Hash::new)));
        standing.forEach(
                (layout, reply) ->
                        denials.note(
                                "read " + RegistryKey.of(layout.key(instance)).family(), reply));
        return standing;
    }

    private List<Command> write(
            Pipeline pipeline,
            WritableLayout layout,
            Reply<RawValue> before,
            ServiceInstance instance,
            Instant now) {
        List<Command> commands = new ArrayList<>();
        String key = layout.key(instance);
        switch (layout.write(instance, now)) {
            case RawValue.Text text -> {
                SetParams expiring = SetParams.setParams().ex(seconds());
                Response<String> set = pipeline.set(key, text.json(), expiring);
                commands.add(command("SET", key, set).writing(layout.layout()));
            }
            case RawValue.Hash hash -> {
                if (before instanceof Reply.WrongType<RawValue>) {
                    commands.add(command("DEL", key, pipeline.del(key)));
                }
                if (layout.exactFields()) {
                    String[] extra = extraFields(before, hash);
                    if (extra.length > 0) {
                        commands.add(command("HDEL", key, pipeline.hdel(key, extra)));
                    }
                }
                Response<Long> set = pipeline.hset(key, hash.fields());
                commands.add(command("HSET", key, set).writing(layout.layout()));
                commands.add(command("EXPIRE", key, pipeline.expire(key, seconds())));
            }
        }
        layout.indexKey(instance)
                .ifPresent(
                        index ->
                                commands.add(
                                        command(
                                                "SADD",
                                                index,
                                                pipeline.sadd(index, instance.id()))));
        return commands;
    }

    private static String[] extraFields(Reply<RawValue> before, RawValue.Hash wanted) {
        return before.found()
                .filter(RawValue.Hash.class::isInstance)
                .map(RawValue.Hash.class::cast)
                .map(
                        hash ->
                                hash.fields().keySet().stream()
                                        .filter(field -> !wanted.fields().containsKey(field))
                                        .toArray(String[]::new))
                .orElseGet(() -> new String[0]);
    }

    /** Another instance's record where only ours may be: at a key that has our id in it. */
    private Optional<ServiceInstance> strangers(
            Map<WritableLayout, Reply<RawValue>> standing, ServiceInstance instance) {
        for (Map.Entry<WritableLayout, Reply<RawValue>> entry : standing.entrySet()) {
            WritableLayout layout = entry.getKey();
            if (layout.key(instance).endsWith(":" + instance.id())) {
                Optional<ServiceInstance> stranger =
                        entry.getValue()
                                .found()
                                .flatMap(raw -> readable(layout, raw, instance))
                                .filter(found -> !same(found, instance));
                if (stranger.isPresent()) {
                    return stranger;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean ours(WritableLayout layout, RawValue raw, ServiceInstance instance) {
        return readable(layout, raw, instance).filter(found -> same(found, instance)).isPresent();
    }

    private static Optional<ServiceInstance> readable(
            WritableLayout layout, RawValue raw, ServiceInstance instance) {
        try {
            return Optional.of(
                    layout.read(RegistryKey.of(layout.key(instance)), RecordFields.of(raw)));
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    private static boolean same(ServiceInstance found, ServiceInstance ours) {
        return found.id().equals(ours.id())
                && found.host().equals(ours.host())
                && found.httpPort().equals(ours.httpPort())
                && found.grpcPort().equals(ours.grpcPort())
                && (found.registeredAt().isEmpty()
                        || found.registeredAt().equals(ours.registeredAt()));
    }

    private long seconds() {
        return Math.max(1, ttl.plusMillis(999).toSeconds());
    }

    private static Command command(String verb, String key, Response<?> response) {
        String family =
                key.startsWith("service_index:") ? "service_index:*" : RegistryKey.of(key).family();
        return new Command(verb + " " + family, response, Optional.empty());
    }

    /**
     * What one beat did.
     *
     * @param written the layouts that now have our record
     * @param refusal why something was not written, other than by access rules
     * @param stranger who else writes at a key of ours
     */
    record Beat(
            Set<Layout> written, Optional<String> refusal, Optional<ServiceInstance> stranger) {}

    private record Command(String what, Response<?> response, Optional<Layout> writes) {
        Command writing(Layout layout) {
            return new Command(what, response, Optional.of(layout));
        }

        Reply<?> reply() {
            return Reply.of(response);
        }
    }
}
