package io.tradingecosystem.audit.neighbours;

import static io.tradingecosystem.audit.server.http.QueryParameters.none;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.peer.PeerState;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.util.List;
import java.util.Optional;

/**
 * The peers, as JSON: how they are, and what they say when asked. A peer that is not available is
 * 503 with {@code Retry-After}, {@code service} and {@code reason}.
 */
public final class PeerRoutes implements HttpService {
    private static final String INSTRUMENT = "instrument_id";

    private final PeerClients peers;

    /** Shows and asks these peers. */
    public PeerRoutes(PeerClients peers) {
        this.peers = peers;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", none(this::list))
                .get("/risk-monitor/health", none(this::riskMonitorHealth))
                .get("/risk-monitor/metrics", this::riskMetrics)
                .get("/trading-engine/health", none(this::tradingEngineHealth))
                .get("/trading-engine/status", none(this::tradingStatus));
    }

    private void list(ServerRequest request, ServerResponse response) {
        send(response, new Document(peers.states()));
    }

    private void riskMonitorHealth(ServerRequest request, ServerResponse response) {
        send(response, peers.riskMonitor().healthCheck());
    }

    private void riskMetrics(ServerRequest request, ServerResponse response) {
        String instrument = QueryParameters.of(request, INSTRUMENT).text(INSTRUMENT);
        send(
                response,
                peers.riskMonitor()
                        .riskMetrics(Optional.of(instrument).filter(text -> !text.isEmpty())));
    }

    private void tradingEngineHealth(ServerRequest request, ServerResponse response) {
        send(response, peers.tradingEngine().healthCheck());
    }

    private void tradingStatus(ServerRequest request, ServerResponse response) {
        send(response, peers.tradingEngine().tradingStatus());
    }

    private static void send(ServerResponse response, Object document) {
        response.header(HeaderValues.CONTENT_TYPE_JSON).send(Json.line(document));
    }

    private record Document(List<PeerState> peers) {}
}
