package io.tradingecosystem.audit.api.verdicts;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.TimeRange;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.common.Limit;
import io.tradingecosystem.audit.scenario.ExpectationTrials;
import io.tradingecosystem.audit.scenario.TrialQuestion;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What an expectation would have said, over HTTP. Thread-safe.
 *
 * @param verdicts how many may be asked for
 */
record TrialRoute(ExpectationTrials trials, Limit verdicts) {

    void judge(ServerRequest request, ServerResponse response) {
        QueryParameters query = QueryParameters.of(request, "from", "to", "scenario_id", "limit");
        TimeRange time = TimeRange.of(query);
        int limit = query.limit(verdicts);
        TrialQuestion question =
                new TrialQuestion(text(request), time.from(), time.to(), query.text("scenario_id"));
        Trial trial = Trial.of(trials, question, limit);
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(Json.line(trial.json()));
    }

    private static String text(ServerRequest request) {
        try (var body = RequestBodies.stream(request)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
