package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.Map;

/** Alertmanager's webhook, version 4. */
class AlertDoorsTest {
    private static final String FIRING =
            """
            {"status": "firing", "fingerprint": "3b15fd163d36582e", "startsAt": "2026-01-31T12:00:05.5Z",
             "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://prometheus/graph?x",
             "labels": {"alertname": "HighLatency", "severity": "critical", "job": "exchange",
                        "instance": "exchange-1:9090", "scenario_id": "run-1"},
             "annotations": {"summary": "p99 is 3 s"}}\
            """;
    private static final String RESOLVED =
            FIRING.replace("\"firing\"", "\"resolved\"").replace("0001-01-01T00", "2026-01-31T13");

    private EventDoors doors;

    @BeforeEach
    void open() {
        doors = EventDoors.open(Map.of());
    }

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @Test
    void shouldMakeAnEventOfAnAlertThatFires() {
        assertThat(notify(FIRING).statusCode()).isEqualTo(201);

        AuditEvent event = stored(1);
        assertThat(event.type()).isEqualTo("alert.firing");
        assertThat(event.service()).isEqualTo("exchange");
        assertThat(event.instance()).isEqualTo("exchange-1:9090");
        assertThat(event.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(event.occurredAt()).isEqualTo("2026-01-31T12:00:05.5Z");
        assertThat(event.scenarioId()).isEqualTo("run-1");
        assertThat(event.message()).isEqualTo("p99 is 3 s");
        assertThat(event.attribute("alertname")).isEqualTo("HighLatency");
        assertThat(event.attribute("alertmanager.fingerprint")).isEqualTo("3b15fd163d36582e");
        assertThat(event.attribute("alertmanager.generator_url"))
                .isEqualTo("http://prometheus/graph?x");
    }

    @Test
    void shouldMakeAnotherEventOfItsEnd() {
        notify(FIRING);

        assertThat(notify(RESOLVED).statusCode()).isEqualTo(201);

        AuditEvent event = stored(2);
        assertThat(event.type()).isEqualTo("alert.resolved");
        assertThat(event.severity()).isEqualTo(Severity.INFO);
        assertThat(event.occurredAt()).isEqualTo("2026-01-31T13:00:00Z");
        assertThat(event.attribute("severity")).isEqualTo("critical");
    }

    @Test
    void shouldKnowAnAlertAgainThatIsToldOfAgain() {
        notify(FIRING);

        assertThat(notify(FIRING).body()).contains("\"duplicate\":1");
        assertThat(notify(FIRING, RESOLVED).body()).contains("\"duplicate\":1", "\"stored\":1");
        assertThat(notify(FIRING.replace("12:00:05.5", "14:00:00")).body())
                .contains("\"stored\":1");
    }

    @Test
    void shouldKeepTheFirstOfAnAlertWhoseAnnotationsChange() {
        notify(FIRING);

        HttpResponse<String> answer = notify(FIRING.replace("3 s", "4 s"));

        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.body()).contains("CONFLICT");
        assertThat(stored(1).message()).isEqualTo("p99 is 3 s");
    }

    @Test
    void shouldNameTheServiceByTheFirstLabelThatDoes() {
        notify(
                FIRING.replace("\"job\"", "\"app\": \"b\", \"service\": \"a\", \"job\""),
                FIRING.replace("\"job\"", "\"x\"").replace("3b15", "3b16"));

        assertThat(stored(1).service()).isEqualTo("a");
        assertThat(stored(2).service()).isEqualTo("alertmanager");
    }

    @Test
    void shouldTakeAnAlertWithoutASeverityForAWarning() {
        notify(FIRING.replace("\"critical\"", "\"page\""));

        assertThat(stored(1).severity()).isEqualTo(Severity.WARNING);
        assertThat(stored(1).attribute("severity")).isEqualTo("page");
    }

    @Test
    void shouldFailSoThatAlertmanagerShowsItWhereOneAlertIsBad() {
        HttpResponse<String> answer =
                notify(
                        FIRING.replace("\"firing\"", "\"silenced\""),
                        FIRING,
                        FIRING.replace("2026-01-31T12:00:05.5Z", "soon"),
                        FIRING.replace("3b15fd163d36582e", ""),
                        "7");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"stored\":1", "\"rejected\":4", "neither firing nor resolved")
                .contains("startsAt", "fingerprint of an alert is not there");
        assertThat(stored(1).type()).isEqualTo("alert.firing");
    }

    @Test
    void shouldRefuseOtherVersionsAndOtherBodies() {
        assertThat(post("{\"version\": \"3\", \"alerts\": []}").body())
                .contains("version \\\"3\\\" of a notification is not 4");
        assertThat(post("{\"version\": \"4\"}").body()).contains("has a list of alerts");
        assertThat(post("[]").statusCode()).isEqualTo(400);
        assertThat(post("{").statusCode()).isEqualTo(400);
        assertThat(post("{\"version\": \"4\", \"alerts\": []}").statusCode()).isEqualTo(201);
    }

    @Test
    void shouldSayHowManyAlertsWereLeftOut() {
        HttpResponse<String> answer =
                post("{\"version\": \"4\", \"truncatedAlerts\": 3, \"alerts\": [" + FIRING + "]}");

        assertThat(answer.body()).contains("\"truncated_alerts\":3");
        assertThat(doors.http.get("/metrics").body())
                .containsPattern("audit_alertmanager_truncated_alerts_total\\S* 3");
    }

    @Test
    void shouldSay503WhenTheLogIsBusyAsAlertmanagerComesAgainAfterNothingElse() {
        doors.log.busy(1);

        HttpResponse<String> answer = notify(FIRING);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(notify(FIRING).statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> notify(String... alerts) {
        return post(
                """
                {"version": "4", "groupKey": "{}:{}", "truncatedAlerts": 0, "status": "firing",
                 "receiver": "audit", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
                 "externalURL": "http://am", "alerts": [%s]}
                """
                        .formatted(String.join(",", alerts)));
    }

    private HttpResponse<String> post(String body) {
        return doors.http.post("/api/v1/alertmanager", body);
    }

    private AuditEvent stored(long position) {
        return doors.store.read(position - 1, 1).getFirst();
    }
}
