package io.tradingecosystem.audit.api.webhooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.notify.DeadLetter;
import io.tradingecosystem.audit.notify.WebhookStatus;

/** Webhooks as JSON; times in RFC 3339, ages in seconds. */
final class WebhookJson {
    private WebhookJson() {}

    static ObjectNode write(WebhookStatus status) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", status.name())
                        .put("host", status.host())
                        .put("state", status.state().name())
                        .put("position", status.position())
                        .put("behind", status.behind())
                        .put("delivered", status.delivered())
                        .put("attempts", status.attempts())
                        .put("dead_letters", status.deadLetters())
                        .put("again", status.again())
                        .put("lost", status.lost());
        status.next().ifPresent(id -> node.put("next", id));
        status.oldest().ifPresent(age -> node.put("oldest_age", age.toMillis() / 1e3));
        status.nextAttempt().ifPresent(at -> node.put("next_attempt", at.toString()));
        status.lastSuccess().ifPresent(at -> node.put("last_success", at.toString()));
        status.lastFailure()
                .ifPresent(
                        failure ->
                                node.putObject("last_failure")
                                        .put("at", failure.at().toString())
                                        .put("reason", failure.reason()));
        return node;
    }

    static ObjectNode write(DeadLetter letter) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", letter.id())
                        .put("type", letter.type())
                        .put("position", letter.place())
                        .put("since", letter.since().toString())
                        .put("attempts", letter.attempts())
                        .put("reason", letter.reason())
                        .put("at", letter.at().toString());
        if (!letter.verdictId().isEmpty()) {
            node.put("verdict_id", letter.verdictId());
        }
        return node;
    }
}
