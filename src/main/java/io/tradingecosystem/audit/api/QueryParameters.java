package io.tradingecosystem.audit.api;

import io.helidon.common.parameters.Parameters;
import io.helidon.webserver.http.ServerRequest;
import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The query parameters of a request, read strictly: one that is not known is refused. */
public final class QueryParameters {
    private final Parameters query;

    private QueryParameters(Parameters query) {
        this.query = query;
    }

    public static QueryParameters of(ServerRequest request, String... known) {
        Parameters query = request.query();
        for (String name : query.names()) {
            if (!List.of(known).contains(name)) {
                throw invalid(name, "known here are " + String.join(", ", known));
            }
        }
        return new QueryParameters(query);
    }

    /** A text; empty if absent. */
    public String text(String name) {
        return query.first(name).asOptional().orElse("");
    }

    public int whole(String name, int otherwise, int min, int max) {
        return (int) whole(name, (long) otherwise, min, max);
    }

    long whole(String name, long otherwise, long min, long max) {
        String text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.matches("-?\\d{1,18}")) {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw invalid(name, "it is a number from " + min + " to " + max);
    }

    public boolean flag(String name, boolean otherwise) {
        return switch (text(name)) {
            case "" -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "it is true or false");
        };
    }

    /** A point in time. */
    public Instant time(String name, Instant otherwise) {
        if (text(name).isEmpty()) {
            return otherwise;
        }
        return Times.parse(text(name))
                .orElseThrow(
                        () ->
                                invalid(
                                        name,
                                        "it is a time like 2026-01-31T12:00:00Z, or nanoseconds"
                                                + " since 1970"));
    }

    /** A duration over zero. */
    public Duration duration(String name, Duration otherwise) {
        if (text(name).isEmpty()) {
            return otherwise;
        }
        return Durations.parse(text(name))
                .filter(Duration::isPositive)
                .orElseThrow(() -> invalid(name, "it is a duration over 0, like 250ms, 15s or 1h"));
    }

    /** A text that must be there. */
    public String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw invalid(name, "it is required");
        }
        return text;
    }

    /** One of an enum's constants, in any case. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        String text = text(name).toUpperCase(Locale.ROOT);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Arrays.stream(type.getEnumConstants())
                        .filter(each -> each.name().equals(text))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        invalid(
                                                name,
                                                "it is one of "
                                                        + Arrays.toString(
                                                                type.getEnumConstants()))));
    }

    public static ProblemException invalid(String parameter, String allowed) {
        return new ProblemException(
                Problem.of(
                        Kind.INVALID,
                        "Query parameter " + parameter + " is not accepted: " + allowed + "."));
    }
}
