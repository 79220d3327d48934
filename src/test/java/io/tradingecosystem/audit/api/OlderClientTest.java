package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Each answer of the older service, as its clients decode it. */
class OlderClientTest {
    private static final String EVENTS = "/api/v1/audit/events";
    private static final String CORRELATIONS = "/api/v1/audit/correlations";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Set<String> STATUSES = Set.of("pending", "processed", "failed", "skipped");

    private final AllDoors doors = AllDoors.open();
    private final Http http = doors.http;

    @AfterEach
    void close() throws Exception {
        doors.close();
    }

    @Test
    void shouldDecodeEventsWhateverTheirSendersCalledTheirStatus() {
        for (String status :
                List.of(
                        "'pending'",
                        "'skipped'",
                        "'success'",
                        "'FAILED'",
                        "7",
                        "{'a':1}",
                        "null")) {
            HttpResponse<String> sent =
                    http.post(
                            EVENTS,
                            """
                            {'event_type':'t','source':'s','message':'m','trace_id':'%s',
                             'metadata':{'status':%s,'tags':[1,'x']}}
                            """
                                    .formatted(TRACE, status)
                                    .replace('\'', '"'));
            assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
            assertThat(OlderClient.decode(OlderClient.Created.class, sent.body()).status())
                    .isEqualTo("success");
        }

        OlderClient.Trace trace = decode(OlderClient.Trace.class, EVENTS + "/trace/" + TRACE);
        OlderClient.OfService ofService =
                decode(
                        OlderClient.OfService.class,
                        EVENTS + "/service?service_name=s&event_type=t&time_window=1.5h");

        assertThat(trace.count()).isEqualTo(7);
        assertThat(trace.events())
                .allSatisfy(event -> assertThat(event.status()).isIn(STATUSES))
                .extracting(OlderClient.Event::status)
                .startsWith("pending", "skipped", "processed");
        assertThat(trace.events().get(2).metadata()).containsEntry("status", "success");
        assertThat(trace.events())
                .allSatisfy(event -> assertThat(Instant.parse(event.createdAt())).isNotNull());
        assertThat(ofService.timeWindow()).isEqualTo("1h30m0s");
        assertThat(ofService.count()).isEqualTo(7);
    }

    @Test
    void shouldDecodeCorrelationsAsTexts() {
        for (String id : List.of("a", "b")) {
            http.post(
                    EVENTS,
                    "{\"id\":\"%s\",\"event_type\":\"t\",\"source\":\"s\",\"message\":\"m\"}"
                            .formatted(id));
        }
        String link =
                "{\"source_event_id\":\"a\",\"target_event_id\":\"b\","
                        + "\"correlation_type\":\"seen\"%s}";
        List<String> told = List.of("", ",\"confidence\":0", ",\"confidence\":0.5");

        for (String confidence : told) {
            HttpResponse<String> created = http.post(CORRELATIONS, link.formatted(confidence));
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            assertThat(Http.json(created).at("/correlation/confidence").asDouble()).isEqualTo(1);
        }

        OlderClient.Correlations all = decode(OlderClient.Correlations.class, CORRELATIONS);
        assertThat(all.correlations()).containsExactly("a -> b: seen");
        assertThat(all.count()).isEqualTo(1);
        assertThat(all.timeWindow()).isEqualTo("1h0m0s");
        assertThat(decode(OlderClient.Correlations.class, CORRELATIONS + "?time_window=24h"))
                .extracting(OlderClient.Correlations::timeWindow)
                .isEqualTo("24h0m0s");
    }

    @Test
    void shouldDecodeFailuresAndTheStatus() {
        for (String bad : List.of("{}", "{\"source_event_id\":\"a\"}")) {
            HttpResponse<String> refused = http.post(CORRELATIONS, bad);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(OlderClient.decode(OlderClient.Failed.class, refused.body()).error())
                    .isNotBlank();
        }
        OlderClient.AuditStatus status =
                decode(OlderClient.AuditStatus.class, "/api/v1/audit/status");
        assertThat(status.status()).isEqualTo("success");
        assertThat(status.auditService().dataAdapter()).isNotBlank();
        assertThat(Instant.parse(status.auditService().lastCheck()))
                .isAfter(Instant.now().minus(Duration.ofMinutes(1)));
    }

    private <T> T decode(Class<T> shape, String path) {
        HttpResponse<String> answer = http.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return OlderClient.decode(shape, answer.body());
    }
}
