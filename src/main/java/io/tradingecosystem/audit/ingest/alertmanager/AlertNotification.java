package io.tradingecosystem.audit.ingest.alertmanager;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.event.json.JsonParsers;
import io.tradingecosystem.audit.event.json.JsonValue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A notification of Alertmanager's webhook, version 4. What it says of the group (its key,
 * receiver, common labels) is in the alerts, or differs between receivers of one alert, and is not
 * kept.
 *
 * @param candidates one for each alert
 * @param truncated how many alerts Alertmanager left out, because of {@code max_alerts}
 */
public record AlertNotification(List<Candidate> candidates, long truncated) {
    private static final String VERSION = "4";

    /**
     * Reads a body.
     *
     * @return a single candidate, which is none, for what is no such notification
     * @throws IOException if it is not JSON or cannot be read
     */
    public static AlertNotification read(InputStream body) throws IOException {
        try (JsonParser json = JsonParsers.of(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return malformed("a notification of Alertmanager is a JSON object");
            }
            Reading reading = new Reading();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                reading.member(name, json);
            }
            return json.nextToken() == null
                    ? reading.notification()
                    : malformed("there is more text behind the notification");
        }
    }

    /** What is known so far; members come in any order. */
    private static final class Reading {
        private String version = "";
        private Optional<List<Candidate>> alerts = Optional.empty();
        private long truncated;

        void member(String name, JsonParser json) throws IOException {
            switch (name) {
                case "version" -> version = JsonValue.read(name, json).value().asText();
                case "truncatedAlerts" -> truncated = count(JsonValue.read(name, json).value());
                case "alerts" -> alerts = alerts(json);
                default -> json.skipChildren();
            }
        }

        AlertNotification notification() {
            if (!version.equals(VERSION)) {
                return malformed(
                        "version \"%s\" of a notification is not %s, the one that is read here"
                                .formatted(UnicodeText.excerpt(version), VERSION));
            }
            return alerts.map(all -> new AlertNotification(all, truncated))
                    .orElseGet(() -> malformed("a notification has a list of alerts"));
        }
    }

    private static long count(AttributeValue value) {
        return value instanceof AttributeValue.Whole whole ? Math.max(0, whole.value()) : 0;
    }

    private static Optional<List<Candidate>> alerts(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return Optional.empty();
        }
        List<Candidate> alerts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            alerts.add(AlertEvent.of(JsonValue.read("alert", json)));
        }
        return Optional.of(alerts);
    }

    private static AlertNotification malformed(String text) {
        EventProblem problem = new EventProblem(Reason.MALFORMED, text);
        return new AlertNotification(List.of(new Candidate.Unreadable("", "", problem)), 0);
    }
}
