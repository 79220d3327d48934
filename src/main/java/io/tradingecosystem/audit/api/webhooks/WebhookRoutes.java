package io.tradingecosystem.audit.api.webhooks;

import static io.tradingecosystem.audit.server.http.QueryParameters.none;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.notify.DeadLetter;
import io.tradingecosystem.audit.notify.NotificationService;
import io.tradingecosystem.audit.notify.Skipped;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.util.List;

/** How webhooks are doing, and what was put aside, under {@code /api/v1/webhooks}. */
public final class WebhookRoutes implements HttpService {
    private final NotificationService notifications;

    /** Shows these. */
    public WebhookRoutes(NotificationService notifications) {
        this.notifications = notifications;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", none(this::list))
                .get("/{name}/dead-letters", none(this::deadLetters))
                .post("/{name}/retry", none(this::retry))
                .post("/{name}/skip", this::skip);
    }

    private void list(ServerRequest request, ServerResponse response) {
        ObjectNode node = node();
        var list = node.putArray("webhooks");
        notifications.statuses().forEach(status -> list.add(WebhookJson.write(status)));
        send(response, node.put("count", list.size()));
    }

    private void deadLetters(ServerRequest request, ServerResponse response) {
        String name = PathParameters.text(request, "name");
        List<DeadLetter> letters = notifications.deadLetters(name).orElseThrow(() -> unknown(name));
        Disclosures.items(letters.size());
        ObjectNode node = node().put("webhook", name);
        var list = node.putArray("dead_letters");
        letters.forEach(letter -> list.add(WebhookJson.write(letter)));
        send(response, node.put("count", list.size()));
    }

    private void retry(ServerRequest request, ServerResponse response) {
        String name = PathParameters.text(request, "name");
        int again = notifications.retry(name).orElseThrow(() -> unknown(name));
        Disclosure.current().about("webhook", name);
        send(response, node().put("webhook", name).put("again", again));
    }

    private void skip(ServerRequest request, ServerResponse response) throws InterruptedException {
        String event = QueryParameters.of(request, "event").required("event");
        String name = PathParameters.text(request, "name");
        Skipped skipped = notifications.skip(name, event).orElseThrow(() -> unknown(name));
        Disclosure.current().about("webhook", name);
        long position = Skips.position(skipped);
        send(response, node().put("webhook", name).put("event", event).put("position", position));
    }

    private static ProblemException unknown(String name) {
        return ProblemException.unknown("webhook", name);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void send(ServerResponse response, JsonNode node) {
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        response.send(Json.line(node));
    }
}
