package io.tradingecosystem.audit.api.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.alertmanager.AlertNotification;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.ProblemDetails;
import io.tradingecosystem.audit.server.http.ProblemForm;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Notifications of Prometheus' Alertmanager, which looks at nothing but the status of an answer: it
 * comes again after 5xx only, so who is busy says 503; it makes 4xx known to its operators and does
 * not come again. So one alert that is not taken makes the answer a 400, whatever became of the
 * others; one whose annotations have changed since it was first told of is kept as it was, which is
 * no failure.
 */
public final class AlertRoutes implements HttpService, ProblemForm {
    private static final EventLogger LOG = EventLogger.of(AlertRoutes.class);

    private final Intake intake;
    private final LongConsumer truncated;

    /**
     * Gives alerts to an intake.
     *
     * @param truncated is told how many alerts a notification left out
     */
    public AlertRoutes(Intake intake, LongConsumer truncated) {
        this.intake = intake;
        this.truncated = truncated;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", QueryParameters.none(this::take));
    }

    private void take(ServerRequest request, ServerResponse response) {
        AlertNotification notification = read(request);
        Results results =
                Results.of(
                        intake.take(Door.ALERTMANAGER, notification.candidates()),
                        intake.maxBatch());
        left(notification.truncated());
        if (results.hasRejected()) {
            throw new ProblemException(
                    results.withResults(
                            Problem.of(
                                    results.refusal(),
                                    "Some of the alerts were not taken; results tells why.")));
        }
        ObjectNode document = Json.mapper().valueToTree(results.document());
        document.put("truncated_alerts", notification.truncated());
        EventAnswers.send(response, results, document);
    }

    private AlertNotification read(ServerRequest request) {
        try (InputStream body = RequestBodies.stream(request)) {
            return AlertNotification.read(body);
        } catch (JsonProcessingException e) {
            intake.take(Door.ALERTMANAGER, List.of(EventBody.malformed("not JSON")));
            throw new ProblemException(RequestBodies.notJson(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void left(long count) {
        if (count > 0) {
            truncated.accept(count);
            LOG.warn("alertmanager.truncated", "alerts", count, "setting", "max_alerts");
        }
    }

    @Override
    public void send(ServerRequest request, ServerResponse response, Problem problem) {
        boolean busy = problem.kind() == Kind.BUSY;
        ProblemDetails.send(request, response, busy ? problem.as(Kind.UNAVAILABLE) : problem);
    }
}
