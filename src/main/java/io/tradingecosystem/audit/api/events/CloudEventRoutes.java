package io.tradingecosystem.audit.api.events;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.cloudevents.CloudEvents;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * CloudEvents over HTTP (HTTP protocol binding 1.0.2), in binary, structured and batched mode, by
 * the media type. The answer comes when everything is on disk.
 */
public final class CloudEventRoutes implements HttpService {
    private static final String FAMILY = "application/cloudevents";
    private static final String STRUCTURED = FAMILY + "+json";
    private static final String BATCH = FAMILY + "-batch+json";

    private final Intake intake;

    /** Gives events to an intake. */
    public CloudEventRoutes(Intake intake) {
        this.intake = intake;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", QueryParameters.none(this::take));
    }

    private void take(ServerRequest request, ServerResponse response) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        try (InputStream body = RequestBodies.stream(request)) {
            if (bare.equals(BATCH)) {
                many(response, CloudEvents.batch(body));
            } else if (bare.equals(STRUCTURED)) {
                one(response, CloudEvents.structured(body));
            } else {
                requireBinary(bare);
                one(response, CloudEvents.binary(context(request), type, body.readAllBytes()));
            }
        } catch (JsonProcessingException e) {
            intake.take(Door.CLOUDEVENTS, List.of(EventBody.malformed("not JSON")));
            throw new ProblemException(RequestBodies.notJson(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireBinary(String type) {
        if (type.startsWith(FAMILY)) {
            throw new ProblemException(
                    Problem.of(
                            Kind.UNSUPPORTED_MEDIA_TYPE,
                            "CloudEvents are read from %s and %s, or from headers that begin with ce-, not from %s."
                                    .formatted(STRUCTURED, BATCH, type)));
        }
    }

    private static Map<String, List<String>> context(ServerRequest request) {
        Map<String, List<String>> context = new TreeMap<>();
        for (Header header : request.headers()) {
            String name = header.headerName().lowerCase();
            if (name.startsWith(CloudEvents.HEADER)) {
                context.put(name.substring(CloudEvents.HEADER.length()), header.allValues());
            }
        }
        return context;
    }

    private void one(ServerResponse response, Candidate candidate) {
        EventAnswers.one(response, intake.take(Door.CLOUDEVENTS, List.of(candidate)).getFirst());
    }

    private void many(ServerResponse response, List<Candidate> candidates) {
        EventAnswers.many(
                response, Results.of(intake.take(Door.CLOUDEVENTS, candidates), intake.maxBatch()));
    }
}
