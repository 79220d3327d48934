package io.tradingecosystem.audit.api;

import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The events that a request selects: by one of {@code scenario_id}, {@code trace_id}, {@code
 * correlation_id}, {@code service} and {@code type} (either, or both), or a business key, and
 * between {@code from} and {@code to}; all events where only a time is given.
 */
public final class SelectionParameters {
    private static final List<String> OWN =
            List.of("scenario_id", "trace_id", "correlation_id", "service", "type", "from", "to");

    private SelectionParameters() {}

    /** The names of the parameters, and more that a request may have. */
    public static String[] names(Set<String> businessKeys, String... more) {
        List<String> names = new ArrayList<>(OWN);
        names.addAll(businessKeys);
        names.addAll(List.of(more));
        return names.toArray(String[]::new);
    }

    public static Selection read(
            QueryParameters query, Set<String> businessKeys, EventAliases aliases) {
        Instant from = query.time("from", Selection.BEGINNING);
        Instant to = query.time("to", Selection.END);
        boolean bounded = !query.text("from").isEmpty() || !query.text("to").isEmpty();
        return new Selection(key(query::text, businessKeys, aliases, bounded), from, to);
    }

    /**
     * The key that is selected by.
     *
     * @param value the value of a parameter; empty if absent
     * @param aliases the names that may be used beside those that are stored
     * @param bounded whether there is a time range, so that all events may be meant
     * @throws ProblemException if there is none, or more than one
     */
    public static Selection.Key key(
            UnaryOperator<String> value,
            Set<String> businessKeys,
            EventAliases aliases,
            boolean bounded) {
        List<Selection.Key> keys = new ArrayList<>();
        if (!value.apply("scenario_id").isEmpty()) {
            keys.add(new Selection.Key.Scenario(value.apply("scenario_id")));
        }
        if (!value.apply("trace_id").isEmpty()) {
            keys.add(
                    new Selection.Key.Trace(
                            value.apply("trace_id").replace("-", "").toLowerCase(Locale.ROOT)));
        }
        if (!value.apply("correlation_id").isEmpty()) {
            keys.add(new Selection.Key.Correlation(value.apply("correlation_id")));
        }
        String service = aliases.service(value.apply("service"));
        String type = value.apply("type");
        if (!service.isEmpty() && !type.isEmpty()) {
            keys.add(new Selection.Key.ServiceAndType(service, type));
        } else if (!service.isEmpty()) {
            keys.add(new Selection.Key.Service(service));
        } else if (!type.isEmpty()) {
            keys.add(new Selection.Key.Type(type));
        }
        for (String name : businessKeys) {
            if (!value.apply(name).isEmpty()) {
                keys.add(new Selection.Key.Business(name, value.apply(name)));
            }
        }
        if (keys.isEmpty() && bounded) {
            return new Selection.Key.All();
        }
        if (keys.size() != 1) {
            throw new ProblemException(
                    Problem.of(
                            Kind.INVALID,
                            "Select events by exactly one of scenario_id, trace_id,"
                                    + " correlation_id, service and type, "
                                    + String.join(", ", businessKeys.stream().sorted().toList())
                                    + "; or all of them by from and to."));
        }
        return keys.getFirst();
    }

    /** The name of a key, as a request has it. */
    public static String name(Selection.Key key) {
        return switch (key) {
            case Selection.Key.All all -> "all";
            case Selection.Key.Trace trace -> "trace_id";
            case Selection.Key.Correlation correlation -> "correlation_id";
            case Selection.Key.Scenario scenario -> "scenario_id";
            case Selection.Key.Service service -> "service";
            case Selection.Key.ServiceAndType both -> "service and type";
            case Selection.Key.Type type -> "type";
            case Selection.Key.Business business -> business.name();
        };
    }

    /** The value of a key. */
    public static String value(Selection.Key key) {
        return switch (key) {
            case Selection.Key.All all -> "";
            case Selection.Key.Trace(String id) -> id;
            case Selection.Key.Correlation(String id) -> id;
            case Selection.Key.Scenario(String id) -> id;
            case Selection.Key.Service(String service) -> service;
            case Selection.Key.ServiceAndType(String service, String type) -> service + " " + type;
            case Selection.Key.Type(String type) -> type;
            case Selection.Key.Business(String name, String value) -> value;
        };
    }
}
