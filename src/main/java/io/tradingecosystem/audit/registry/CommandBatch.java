package io.tradingecosystem.audit.registry;

import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Commands that change our keys, sent together. Each may be denied without harm to the others;
 * where another type is in the way, the key is cleared and its commands are sent again. Not
 * thread-safe.
 */
final class CommandBatch {
    private final List<Command> commands = new ArrayList<>();

    /** Adds a command on one key. */
    void add(String verb, String key, Function<Pipeline, Response<?>> command) {
        commands.add(new Command(verb, key, Optional.empty(), command));
    }

    /** Adds the command that writes a layout's record. */
    void addWriting(
            Layout layout, String verb, String key, Function<Pipeline, Response<?>> command) {
        commands.add(new Command(verb, key, Optional.of(layout), command));
    }

    /** Sends them all, and notes what is denied. */
    Outcome run(RedisClient client, AccessDenials denials) {
        List<Sent> sent = send(client, commands);
        Set<String> inTheWay =
                sent.stream()
                        .filter(each -> each.reply() instanceof Reply.WrongType<?>)
                        .map(each -> each.command().key())
                        .collect(Collectors.toSet());
        if (!inTheWay.isEmpty()) {
            List<Command> again = new ArrayList<>();
            inTheWay.forEach(key -> again.add(deletion(key)));
            commands.stream().filter(each -> inTheWay.contains(each.key())).forEach(again::add);
            sent.removeIf(each -> inTheWay.contains(each.command().key()));
            sent.addAll(send(client, again));
        }
        return outcome(sent, denials);
    }

    private static Outcome outcome(List<Sent> sent, AccessDenials denials) {
        Set<Layout> written = EnumSet.noneOf(Layout.class);
        Optional<String> refusal = Optional.empty();
        for (Sent each : sent) {
            denials.note(each.command().verb(), each.command().key(), each.reply());
            switch (each.reply()) {
                case Reply.Value<?> done -> each.command().writes().ifPresent(written::add);
                case Reply.Denied<?> denied -> {}
                case Reply.Refused<?> refused -> refusal = Optional.of(refused.reason());
                case Reply.TooLarge<?> tooLarge -> refusal = Optional.of("an answer too large");
                case Reply.Later<?> later -> refusal = Optional.of("answers too large");
                case Reply.WrongType<?> wrong ->
                        refusal = Optional.of("another type stands at " + each.command().key());
            }
        }
        return new Outcome(written, refusal);
    }

    private static List<Sent> send(RedisClient client, List<Command> commands) {
        List<Response<?>> responses = new ArrayList<>(commands.size());
        try (Pipeline pipeline = client.pipelined()) {
            commands.forEach(each -> responses.add(each.send().apply(pipeline)));
        }
        List<Sent> sent = new ArrayList<>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            sent.add(new Sent(commands.get(i), Reply.of(responses.get(i))));
        }
        return sent;
    }

    private static Command deletion(String key) {
        return new Command("DEL", key, Optional.empty(), pipeline -> pipeline.del(key));
    }

    /**
     * What came of it.
     *
     * @param written the layouts that now have our record
     * @param refusal why something was not done, other than by access rules
     */
    record Outcome(Set<Layout> written, Optional<String> refusal) {}

    private record Command(
            String verb,
            String key,
            Optional<Layout> writes,
            Function<Pipeline, Response<?>> send) {}

    private record Sent(Command command, Reply<?> reply) {}
}
