package io.tradingecosystem.audit.api.verdicts;

import static io.tradingecosystem.audit.server.http.QueryParameters.none;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.common.Limit;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.sources.SourceStoreReader;
import io.tradingecosystem.audit.scenario.sources.SourceStoreReader.Page;
import io.tradingecosystem.audit.scenario.sources.SourceView;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Services as sources of evidence, under {@code /api/v1/sources}. */
public final class SourceRoutes implements HttpService {
    /** How many services may be asked for, over gRPC too. */
    static final Limit LIMIT = new Limit(100, SourceStoreReader.MAX_ON_PAGE);

    private final VerdictService verdicts;
    private final InstantSource clock;

    /**
     * Shows what the referee heard.
     *
     * @param clock tells who is silent now
     */
    public SourceRoutes(VerdictService verdicts, InstantSource clock) {
        this.verdicts = verdicts;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::sources).get("/{service}", none(this::source));
    }

    private void sources(ServerRequest request, ServerResponse response) {
        QueryParameters query = QueryParameters.of(request, "limit", "page_token");
        Progress progress = verdicts.progress().now();
        Instant now = clock.instant();
        Page page = verdicts.sources().page(inForce(), query.limit(LIMIT), query.pageToken());
        Disclosures.items(page.sources().size());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        var list = node.putArray("sources");
        page.sources().forEach(each -> list.add(SourceJson.write(each, now)));
        node.put("count", list.size())
                .put("next_page_token", query.nextPageToken(page.nextPageToken()))
                .put("at", now.toString());
        page.since().ifPresent(since -> node.put("since", since.toString()));
        ProgressAnswers.write("verdicts", progress, node);
        Incomplete.write(page.incomplete(), node);
        send(response, node);
    }

    private void source(ServerRequest request, ServerResponse response) {
        String service = PathParameters.text(request, "service");
        Progress progress = verdicts.progress().now();
        Instant now = clock.instant();
        SourceView source =
                verdicts.sources()
                        .find(inForce(), service)
                        .orElseThrow(() -> ProblemException.unknown("source", service));
        Disclosures.items(1);
        ObjectNode node = SourceJson.write(source, now).put("at", now.toString());
        ProgressAnswers.write("verdicts", progress, node);
        send(response, node);
    }

    private List<Expectation> inForce() {
        return inForce(verdicts);
    }

    /** The expectations in force. */
    static List<Expectation> inForce(VerdictService verdicts) {
        return verdicts.expectations().stream().map(each -> each.definition().content()).toList();
    }

    private static void send(ServerResponse response, ObjectNode node) {
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(Json.line(node));
    }
}
