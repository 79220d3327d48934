package io.tradingecosystem.audit.api.jaeger;

import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.store.Selection;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The services that there are events of, and what they do: those of the newest events, and the
 * services that sent any since the start. Thread-safe.
 */
final class Names {
    private final NewestFirst events;
    private final EventAliases aliases;
    private final Supplier<List<String>> senders;

    /**
     * Names in events.
     *
     * @param aliases the names that questions may use beside those that are stored
     * @param senders the services of which events were stored since the start
     */
    Names(NewestFirst events, EventAliases aliases, Supplier<List<String>> senders) {
        this.events = events;
        this.aliases = aliases;
        this.senders = senders;
    }

    /** The services, by name. */
    Found<String> services() {
        NavigableSet<String> services = new TreeSet<>(senders.get());
        boolean isCut =
                events.walk(
                        Selection.of(new Selection.Key.All()),
                        event -> {
                            services.add(event.service());
                            return true;
                        });
        return new Found<>(services, isCut);
    }

    /** The operations of a service, by name. */
    Found<Operation> operations(String service) {
        NavigableSet<Operation> operations = new TreeSet<>();
        boolean isCut =
                events.walk(
                        Selection.of(Selection.Key.ofKind(aliases.service(service), "")),
                        event -> {
                            operations.add(Operation.with(event));
                            return true;
                        });
        return new Found<>(operations, isCut);
    }

    /**
     * What was found.
     *
     * @param names in their order
     * @param isCut whether older events were not looked at
     */
    record Found<T>(NavigableSet<T> names, boolean isCut) {}
}
