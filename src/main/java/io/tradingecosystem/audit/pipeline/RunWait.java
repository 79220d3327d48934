package io.tradingecosystem.audit.pipeline;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Backoff;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Waits for what becomes of a run. The service answers when it knows; a service that is restarted
 * meanwhile is asked again. For one thread.
 */
public final class RunWait {
    private static final Duration LONG_POLL = Duration.ofSeconds(15);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(2);

    private final ServiceApi service;
    private final Consumer<String> progress;
    private final Backoff backoff = new Backoff(FIRST_RETRY, LAST_RETRY);
    private String told = "";

    /**
     * Waits at a service.
     *
     * @param progress hears a sentence whenever something is different
     */
    public RunWait(ServiceApi service, Consumer<String> progress) {
        this.service = service;
        this.progress = progress;
    }

    /**
     * What is waited for.
     *
     * @param expectations which must pass; empty for all of the run's kind
     * @param scenario the run's kind; absent for that of the expectations whose trigger occurred
     * @param since from when on the newest triggers must be recorded; absent for {@code maxAge}
     * @param maxAge how old the newest triggers may be when it is asked first
     */
    public record Question(
            String run,
            List<String> expectations,
            Optional<String> scenario,
            Optional<Instant> since,
            Duration maxAge) {
        public Question {
            expectations = List.copyOf(expectations);
        }
    }

    /**
     * Waits until the outcome is settled or the time is over, and gives what is known then.
     *
     * @throws RefusedException if the service does not want the question
     * @throws AwayException if it is not there: for the first ten seconds, or at the end
     */
    public RunResult await(Question question, Duration timeout) throws InterruptedException {
        long start = System.nanoTime();
        Map<String, String> query = query(question);
        String run = "/api/v1/scenarios/" + encoded(question.run()) + "/outcome";
        JsonNode first = patiently(run, query, Duration.ZERO, shorter(GRACE, timeout));
        Instant now = Instant.parse(first.required("at").asText());
        query.put("since", question.since().orElse(now.minus(question.maxAge())).toString());
        query.put("as_of", first.required("as_of").asText());
        tell(RunResult.read(first).summary());
        while (true) {
            Duration left = positive(timeout.minusNanos(System.nanoTime() - start));
            RunResult result = RunResult.read(patiently(run, query, left, left));
            tell(result.summary());
            if (result.settled() || left.isZero()) {
                return result;
            }
        }
    }

    /** Asks until there is an answer; once at least. */
    private JsonNode patiently(
            String path, Map<String, String> query, Duration wait, Duration timeout)
            throws InterruptedException {
        long start = System.nanoTime();
        backoff.reset();
        while (true) {
            Duration left = timeout.minusNanos(System.nanoTime() - start);
            try {
                return ask(path, query, shorter(wait, shorter(LONG_POLL, positive(left))));
            } catch (AwayException e) {
                Duration pause = backoff.afterFailure();
                if (pause.compareTo(left) >= 0) {
                    throw e;
                }
                tell("waiting for the service: " + e.getMessage());
                Thread.sleep(pause);
            }
        }
    }

    private JsonNode ask(String path, Map<String, String> query, Duration poll)
            throws InterruptedException {
        query.put("wait", poll.toMillis() + "ms");
        String parameters =
                query.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
        return service.get(path + "?" + parameters, poll.plus(GRACE));
    }

    private void tell(String sentence) {
        if (!sentence.equals(told)) {
            told = sentence;
            progress.accept(sentence);
        }
    }

    private static Map<String, String> query(Question question) {
        Map<String, String> query = new LinkedHashMap<>();
        if (!question.expectations().isEmpty()) {
            query.put("expectation", String.join(",", question.expectations()));
        }
        question.scenario().ifPresent(kind -> query.put("scenario", kind));
        return query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
