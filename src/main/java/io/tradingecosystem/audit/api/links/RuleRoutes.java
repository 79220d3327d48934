package io.tradingecosystem.audit.api.links;

import static io.tradingecosystem.audit.server.http.QueryParameters.none;

import com.fasterxml.jackson.databind.JsonNode;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.DefinitionAnswers;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.PathParameters;

/** The rules in force, under {@code /api/v1}. */
public final class RuleRoutes implements HttpService {
    private final LinkService links;

    /** Shows the rules by which a service links. */
    public RuleRoutes(LinkService links) {
        this.links = links;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/rules", none(this::list)).get("/rules/{name}", none(this::rule));
    }

    private void list(ServerRequest request, ServerResponse response) {
        send(response, DefinitionAnswers.list("rules", links.rules()));
    }

    private void rule(ServerRequest request, ServerResponse response) {
        String name = PathParameters.text(request, "name");
        send(
                response,
                DefinitionAnswers.json(
                        links.rule(name)
                                .orElseThrow(() -> ProblemException.unknown("rule", name))));
    }

    private static void send(ServerResponse response, JsonNode node) {
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(Json.line(node));
    }
}
