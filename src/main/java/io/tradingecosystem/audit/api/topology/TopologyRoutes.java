package io.tradingecosystem.audit.api.topology;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.topology.Topology;

/** The topology as JSON, for the page: {@code GET /}. */
public final class TopologyRoutes implements HttpService {
    private final Topology topology;

    /** Shows a topology. */
    public TopologyRoutes(Topology topology) {
        this.topology = topology;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", QueryParameters.none(this::structure));
    }

    private void structure(ServerRequest request, ServerResponse response) {
        TopologyJson document = TopologyJson.of(topology.current());
        Disclosures.items(document.nodes().size());
        response.header(HeaderValues.CONTENT_TYPE_JSON).send(Json.line(document));
    }
}
