package io.tradingecosystem.audit.problem;

import io.helidon.http.InternalServerException;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.problem.Problem.Kind;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Which failure of a room is reported in which way, at both doors. A room throws its own exceptions
 * and knows nothing of HTTP or gRPC; the class {@code XProblems} beside the doors says what they
 * mean:
 *
 * {@snippet file="problem/ProblemsExampleTest.java" region="map"}
 *
 * <p>A mapping holds for subclasses without one of their own. Wrappers of the JDK's executors are
 * looked through. A failure without a mapping is internal: the caller gets an id that stands in the
 * log. Thread-safe.
 */
public final class Problems {
    private static final int MAX_CAUSE_DEPTH = 8;

    private final Map<Class<?>, Function<Throwable, Problem>> mappings = new ConcurrentHashMap<>();

    private Problems() {}

    /**
     * Knows {@link ProblemException}, {@link InvalidQuestionException}, and the interrupt that ends
     * a request at shutdown.
     */
    public static Problems create() {
        return new Problems()
                .map(ProblemException.class, ProblemException::problem)
                .map(
                        InvalidQuestionException.class,
                        e -> Problem.of(Kind.INVALID, String.valueOf(e.getMessage())))
                .map(
                        InterruptedException.class,
                        e -> Problem.of(Kind.UNAVAILABLE, "The service is going away."));
    }

    /** Says what a failure means to a caller. The detail is shown to strangers. */
    public <E extends Throwable> Problems map(Class<E> type, Function<E, Problem> meaning) {
        mappings.put(type, failure -> meaning.apply(type.cast(failure)));
        return this;
    }

    /** What a failure means; empty if it is not known here. */
    public Optional<Problem> find(Throwable failure) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < MAX_CAUSE_DEPTH; depth++) {
            Optional<Problem> problem = exactly(current);
            if (problem.isPresent()) {
                return problem;
            }
            current = isWrapper(current) ? current.getCause() : null;
        }
        return Optional.empty();
    }

    private Optional<Problem> exactly(Throwable failure) {
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            Function<Throwable, Problem> meaning = mappings.get(type);
            if (meaning != null) {
                return Optional.of(meaning.apply(failure));
            }
        }
        return Optional.empty();
    }

    /** A mapped failure deeper down may be our own trouble, not the caller's. */
    private static boolean isWrapper(Throwable failure) {
        return failure instanceof ExecutionException
                || failure instanceof CompletionException
                || failure instanceof InternalServerException;
    }
}
