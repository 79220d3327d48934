package io.tradingecosystem.audit.api.links;

import com.fasterxml.jackson.databind.JsonNode;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.LiveStream;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.RemovedEvents;
import io.tradingecosystem.audit.api.Tellers;
import io.tradingecosystem.audit.api.TimeRange;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.correlation.links.ManualLink;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.util.List;

/** Links under {@code /api/v1}: listed, told, watched. */
public final class LinkRoutes implements HttpService {
    private final LinkService links;
    private final RemovedEvents removed;
    private final LiveStream<Link> stream;

    /** Shows the links that are found. */
    public LinkRoutes(LinkService links) {
        this.links = links;
        this.removed = new RemovedEvents(links.events());
        this.stream = new LiveStream<>("link", LinkJson::text);
    }

    /** Ends the live streams. */
    public void end() {
        stream.end();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/links", this::list)
                .post("/links", QueryParameters.none(this::create))
                .get("/links/stream", this::watch);
    }

    private void list(ServerRequest request, ServerResponse response) {
        QueryParameters query =
                QueryParameters.of(
                        request, "rule", "kind", "event_id", "from", "to", "limit", "page_token");
        TimeRange effects = TimeRange.of(query);
        Progress progress = links.progress().now();
        LinkQuery wanted =
                new LinkQuery(
                        query.text("rule"),
                        query.choice("kind", Link.Kind.class),
                        query.text("event_id"),
                        effects.from(),
                        effects.to(),
                        query.limit(LinkLimits.LINKS),
                        query.pageToken());
        LinkPage page = links.list(wanted);
        boolean isNothing = wanted.pageToken().isEmpty() && page.links().isEmpty();
        removed.requireKept(wanted.from(), wanted.to(), isNothing);
        List<Omission> incomplete = links.incomplete(wanted);
        Disclosures.items(page.links().size());
        Answers.json(
                response,
                json -> {
                    json.writeStartObject();
                    LinkJson.write("links", page.links(), json);
                    json.writeNumberField("count", page.links().size());
                    json.writeStringField(
                            "next_page_token", query.nextPageToken(page.nextPageToken()));
                    Incomplete.write(incomplete, json);
                    ProgressAnswers.write("links", progress, json);
                    json.writeEndObject();
                });
    }

    private void create(ServerRequest request, ServerResponse response) {
        JsonNode body = RequestBodies.json(request, JsonNode.class);
        ManualLink wanted = LinkBody.link(body, "cause_id", "effect_id", "type");
        Link link = links.create(wanted, Tellers.of(request));
        Disclosures.act(link);
        response.status(Status.CREATED_201);
        Answers.json(response, json -> LinkJson.write(link, json));
    }

    private void watch(ServerRequest request, ServerResponse response) throws InterruptedException {
        stream.send(new LiveLinks(links), QueryParameters.of(request, "after"), request, response);
    }
}
