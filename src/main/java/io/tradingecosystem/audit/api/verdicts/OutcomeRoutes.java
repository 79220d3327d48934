package io.tradingecosystem.audit.api.verdicts;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.verdicts.RunOutcomes.Answer;
import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.outcomes.RunQuestion;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What became of a run, for whoever waits for it: {@code GET /scenarios/{id}/outcome}. */
public final class OutcomeRoutes implements HttpService {
    static final int MAX_NAMES = 100;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private final RunOutcomes outcomes;
    private final InstantSource clock;

    /**
     * Shows what became of runs.
     *
     * @param clock what time it is, as the log's recorded_at has it
     */
    public OutcomeRoutes(RunOutcomes outcomes, InstantSource clock) {
        this.outcomes = outcomes;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/scenarios/{id}/outcome", this::outcome);
    }

    private void outcome(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        QueryParameters query =
                QueryParameters.of(
                        request, "expectation", "scenario", "since", "as_of", "wait", "all_final");
        RunQuestion question = question(PathParameters.text(request, "id"), query);
        LogPlace asOf =
                query.value(
                        "as_of",
                        outcomes.now(),
                        LogPlace::parse,
                        "it is the as_of of an answer before");
        Answer answer = outcomes.await(question, asOf, wait(query), () -> false);
        Disclosures.items(answer.outcome().expectations().size());
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(Json.line(OutcomeJson.write(answer, clock.instant())));
    }

    private static RunQuestion question(String run, QueryParameters query) {
        return new RunQuestion(
                run,
                query.value(
                        "expectation",
                        Set.of(),
                        OutcomeRoutes::names,
                        "it has 1 to " + MAX_NAMES + " names of expectations, with commas between"),
                Optional.of(query.text("scenario")).filter(kind -> !kind.isEmpty()),
                since(query),
                query.flag("all_final", false));
    }

    private static Optional<Instant> since(QueryParameters query) {
        Instant since =
                query.value(
                        "since",
                        Instant.MIN,
                        text -> Times.parse(text).filter(Times::fitsNanos),
                        "it is a time like 2026-01-31T12:00:00Z, or nanoseconds since 1970, from"
                                + " 1678 to 2261");
        return Optional.of(since).filter(time -> !time.equals(Instant.MIN));
    }

    static Optional<Set<String>> names(String text) {
        Set<String> names = new TreeSet<>(Arrays.asList(text.split(",", -1)));
        boolean fits =
                names.size() <= MAX_NAMES && names.stream().allMatch(NAME.asMatchPredicate());
        return fits ? Optional.of(names) : Optional.empty();
    }

    private static Duration wait(QueryParameters query) {
        return query.value(
                "wait",
                Duration.ZERO,
                text -> Durations.parse(text).filter(OutcomeRoutes::isShort),
                "it is a duration like 20s, at most 1m");
    }

    static boolean isShort(Duration wait) {
        return wait.compareTo(MAX_WAIT) <= 0 && !wait.isNegative();
    }
}
