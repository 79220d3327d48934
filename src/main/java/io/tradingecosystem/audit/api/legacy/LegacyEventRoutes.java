package io.tradingecosystem.audit.api.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.event.json.EventJsonReader;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /api/v1/audit/events} for clients of the older service: {@code event_type}, {@code
 * source} and {@code message}, and whatever else they send. What they call {@code metadata} are the
 * event's attributes.
 */
public final class LegacyEventRoutes implements HttpService {
    private final Intake intake;

    /** Gives events to an intake. */
    public LegacyEventRoutes(Intake intake) {
        this.intake = intake;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", this::post);
    }

    private void post(ServerRequest request, ServerResponse response) {
        JsonNode body = RequestBodies.json(request, JsonNode.class);
        requireMessage(body);
        if (body instanceof ObjectNode event
                && !event.has("attributes")
                && event.path("metadata").isObject()) {
            event.set("attributes", event.remove("metadata"));
        }
        byte[] text = Json.bytes(body);
        Receipt receipt =
                intake.take(Door.HTTP, List.of(new EventJsonReader().read(text, 0, text.length)))
                        .getFirst();
        receipt.problem()
                .ifPresent(
                        problem -> {
                            throw new ProblemException(
                                    Problem.of(Kind.INVALID, problem.text())
                                            .with("reason", problem.reason()));
                        });
        if (receipt.outcome() == Receipt.Outcome.CONFLICT) {
            throw new ProblemException(Problem.of(Kind.CONFLICT, receipt.note()));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", "success");
        answer.put("event_id", receipt.id());
        answer.put("position", receipt.position());
        response.status(Status.CREATED_201);
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(Json.line(answer));
    }

    /** The older service wants one, the own door does not. */
    private static void requireMessage(JsonNode body) {
        JsonNode message = body.path("message");
        if (body.isObject() && (message.isNull() || message.asText().isEmpty())) {
            throw new ProblemException(
                    Problem.of(Kind.INVALID, "message is required")
                            .with("reason", "MISSING_FIELD"));
        }
    }
}
