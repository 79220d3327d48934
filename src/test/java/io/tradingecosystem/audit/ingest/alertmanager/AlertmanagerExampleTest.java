package io.tradingecosystem.audit.ingest.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradingecosystem.audit.event.Candidate;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The example of the room. */
class AlertmanagerExampleTest {
    @Test
    void shouldReadANotification() throws IOException {
        String json =
                """
                {"version": "4", "truncatedAlerts": 2, "alerts": [{"status": "firing",
                 "labels": {"alertname": "HighLatency", "severity": "critical", "job": "exchange"},
                 "annotations": {}, "startsAt": "2026-01-31T12:00:00Z",
                 "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "1f2e3d4c5b6a7988"}]}
                """;
        InputStream body = new ByteArrayInputStream(json.getBytes(UTF_8));

        // @start region="read"
        AlertNotification notification = AlertNotification.read(body);
        // @end

        assertThat(notification.truncated()).isEqualTo(2);
        assertThat(notification.candidates()).singleElement().isInstanceOf(Candidate.Draft.class);
    }
}
