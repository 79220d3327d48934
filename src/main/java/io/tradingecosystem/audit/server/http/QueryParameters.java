package io.tradingecosystem.audit.server.http;

import io.helidon.common.parameters.Parameters;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Limit;
import io.tradingecosystem.audit.common.PageTokens;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The query parameters of a request, read strictly: one that is not known is refused, and so is one
 * that stands there twice, one without a value, and a value that is none, each with an {@link
 * InvalidQuestionException} that names the parameter.
 */
public final class QueryParameters {
    private static final String ANY = "*";
    private static final String PAGE_TOKEN = "page_token";

    /** What does not change which entries the pages have, and in which order. */
    private static final Set<String> NO_QUESTION =
            Set.of(PAGE_TOKEN, "limit", IndentedJson.PARAMETER);

    private final String path;
    private final Parameters query;

    private QueryParameters(String path, Parameters query) {
        this.path = path;
        this.query = query;
    }

    /**
     * The parameters of a request.
     *
     * @param known their names; one that ends with {@code *} is known with anything in that place
     */
    public static QueryParameters of(ServerRequest request, String... known) {
        Parameters query = request.query();
        for (String name : query.names()) {
            if (name.equals(IndentedJson.PARAMETER)) {
                continue;
            }
            if (Arrays.stream(known).noneMatch(each -> isNamed(each, name))) {
                throw invalid(
                        name,
                        known.length == 0
                                ? "none is known here"
                                : "known here are " + String.join(", ", known));
            }
            once(name, query.all(name));
        }
        return new QueryParameters(PathParameters.raw(request), query);
    }

    /**
     * The parameters of a request that follows another service: what is not known is ignored, of
     * one that stands there twice the first counts, and one without a value is absent.
     */
    public static QueryParameters lenient(ServerRequest request) {
        return new QueryParameters(PathParameters.raw(request), request.query());
    }

    /** Handles requests that have no parameters, and refuses others. */
    public static Handler none(Handler handler) {
        return (request, response) -> {
            of(request);
            handler.handle(request, response);
        };
    }

    private static void once(String name, List<String> values) {
        if (values.size() > 1) {
            throw invalid(name, "it is given once");
        }
        boolean empty = values.isEmpty() || values.getFirst().isEmpty();
        // The token of the first page is empty, so that pages can be read in a loop.
        if (empty && !name.equals(PAGE_TOKEN)) {
            throw invalid(name, "it has a value, or is left out");
        }
    }

    private static boolean isNamed(String known, String name) {
        return known.endsWith(ANY)
                ? name.startsWith(known.substring(0, known.length() - 1))
                : name.equals(known);
    }

    /** A text; empty if absent. */
    public String text(String name) {
        return query.first(name).asOptional().orElse("");
    }

    /** A text that must be there. */
    public String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw invalid(name, "it is required");
        }
        return text;
    }

    /** The texts of all parameters whose names start so, by the rest of their names. */
    public Map<String, String> startingWith(String prefix) {
        Map<String, String> texts = new TreeMap<>();
        for (String name : query.names()) {
            if (name.startsWith(prefix)) {
                texts.put(name.substring(prefix.length()), text(name));
            }
        }
        return texts;
    }

    /**
     * The parameter {@code page_token}, as whoever finds the page gave it: where to go on; empty
     * for the first page.
     *
     * @throws InvalidQuestionException if it is of another question: another path, or other
     *     parameters
     */
    public String pageToken() {
        return pageTokens().taken(text(PAGE_TOKEN));
    }

    /** What the caller is given to go on with. */
    public String nextPageToken(String found) {
        return pageTokens().given(found);
    }

    private PageTokens pageTokens() {
        Stream<String> parameters =
                query.names().stream()
                        .filter(name -> !NO_QUESTION.contains(name))
                        .sorted()
                        .flatMap(name -> Stream.of(name, text(name)));
        return PageTokens.of(Stream.concat(Stream.of(path), parameters).toArray(String[]::new));
    }

    /** The parameter {@code limit}. */
    public int limit(Limit limit) {
        return limit("limit", limit);
    }

    /** How many of something. */
    public int limit(String name, Limit limit) {
        return (int) whole(name, limit.defaultValue(), 1, limit.max());
    }

    /** A whole number. */
    public long whole(String name, long otherwise, long min, long max) {
        return value(
                name,
                otherwise,
                text -> whole(text).filter(number -> number >= min && number <= max),
                "it is a number from " + min + " to " + max);
    }

    private static Optional<Long> whole(String text) {
        return text.matches("-?\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    public boolean flag(String name, boolean otherwise) {
        return switch (text(name)) {
            case "" -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "it is true or false");
        };
    }

    /** A duration over zero. */
    public Duration duration(String name, Duration otherwise) {
        return value(
                name,
                otherwise,
                text -> Durations.parse(text).filter(Duration::isPositive),
                "it is a duration over 0, like 250ms, 15s or 1h");
    }

    /** One of an enum's constants, in any case. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        String text = text(name).toUpperCase(Locale.ROOT);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<E> choices = Arrays.asList(type.getEnumConstants());
        return Optional.of(
                choices.stream()
                        .filter(each -> each.name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> invalid(name, "it is one of " + choices)));
    }

    /**
     * A value of any sort.
     *
     * @param otherwise what an absent one means
     * @param reader gives nothing for a text that is not one
     * @param allowed what is, as the rest of a sentence
     */
    public <T> T value(
            String name, T otherwise, Function<String, Optional<T>> reader, String allowed) {
        String text = text(name);
        return text.isEmpty()
                ? otherwise
                : reader.apply(text).orElseThrow(() -> invalid(name, allowed));
    }

    /** A parameter is not accepted. */
    public static InvalidQuestionException invalid(String parameter, String allowed) {
        return new InvalidQuestionException(
                "Query parameter " + parameter + " is not accepted: " + allowed + ".");
    }
}
