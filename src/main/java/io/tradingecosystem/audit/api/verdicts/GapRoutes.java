package io.tradingecosystem.audit.api.verdicts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.api.Tellers;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.scenario.GapReports;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.ReportedGap;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.time.Instant;

/** Under {@code /api/v1/gaps}, services tell from when to when they lost events. */
public final class GapRoutes implements HttpService {
    private final GapReports gaps;

    /** Gives what is told to these. */
    public GapRoutes(GapReports gaps) {
        this.gaps = gaps;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/", QueryParameters.none(this::tell));
    }

    private void tell(ServerRequest request, ServerResponse response) {
        JsonNode body = RequestBodies.json(request, JsonNode.class);
        Gap gap = new Gap(time(body, "from"), time(body, "to"), reason(body));
        GapReports.Told told =
                gaps.tell(
                        new ReportedGap(text(body, "service"), gap, Tellers.of(request)),
                        Tellers.mayTellOf());
        Disclosure.current().about("service", text(body, "service"));
        Disclosure.current().about("event_id", told.id());
        response.status(Status.CREATED_201);
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(
                Json.line(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("id", told.id())
                                .put("outcome", told.isNew() ? "STORED" : "DUPLICATE")
                                .put("position", told.position())));
    }

    private static String reason(JsonNode body) {
        return body.path("reason").isMissingNode() ? Gap.DEFAULT_REASON : text(body, "reason");
    }

    private static Instant time(JsonNode body, String name) {
        return Times.parse(text(body, name))
                .orElseThrow(() -> invalid("The body's " + name + " is no time of RFC 3339."));
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw invalid("The body has no " + name + "; it is a text.");
        }
        return value.textValue();
    }

    private static ProblemException invalid(String text) {
        return new ProblemException(Problem.of(Kind.INVALID, text));
    }
}
