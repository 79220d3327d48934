package io.tradingecosystem.audit.api.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.json.EventJsonReader;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /api/v1/audit/events} for clients of the older service: {@code event_type}, {@code
 * source} and {@code message}, and whatever else they send. What they call {@code metadata} are the
 * event's attributes.
 */
public final class LegacyEventRoutes implements HttpService {
    private static final String METADATA = "metadata";

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
        Candidate candidate = read(request);
        if (candidate instanceof Candidate.Draft draft) {
            requireMessage(draft.event());
            liftMetadata(draft.event());
        }
        Receipt receipt = intake.take(Door.HTTP, List.of(candidate)).getFirst();
        receipt.problem()
                .ifPresent(
                        problem -> {
                            throw new ProblemException(
                                    Problem.of(rejection(receipt), problem.text())
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

    /** What is damaged is no fault of the sender. */
    private static Kind rejection(Receipt receipt) {
        return receipt.isUndecided() ? Kind.UNAVAILABLE : Kind.INVALID;
    }

    private static Candidate read(ServerRequest request) {
        try (InputStream body = RequestBodies.stream(request)) {
            return new EventJsonReader().read(body);
        } catch (JsonProcessingException e) {
            throw new ProblemException(RequestBodies.notJson(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The older service wants one, the own door does not. */
    private static void requireMessage(AuditEventBuilder event) {
        if (event.build().message().isEmpty()) {
            throw new ProblemException(
                    Problem.of(Kind.INVALID, "message is required")
                            .with("reason", "MISSING_FIELD"));
        }
    }

    /** Where an attribute has the name of one in the metadata, both stay where they are. */
    private static void liftMetadata(AuditEventBuilder event) {
        Map<String, AttributeValue> reported = event.build().attributes();
        if (reported.get(METADATA) instanceof AttributeValue.Mapping metadata
                && Collections.disjoint(reported.keySet(), metadata.values().keySet())) {
            Map<String, AttributeValue> lifted = new LinkedHashMap<>(reported);
            lifted.remove(METADATA);
            lifted.putAll(metadata.values());
            event.attributes(lifted);
        }
    }
}
