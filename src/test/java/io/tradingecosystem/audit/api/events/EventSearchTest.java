package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.ListEventsRequest;
import io.tradingecosystem.audit.v1.ListEventsResponse;
import io.tradingecosystem.audit.v1.Scanned;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events by what no index knows, at both doors. */
class EventSearchTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final int EVENTS = 2_500;
    private static EventDoors doors;

    @BeforeAll
    static void open() {
        doors = EventDoors.open(Map.of("search.max-events", "1000"));
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(
                    AuditEvent.builder("service", "type")
                            .id("event-" + i)
                            .occurredAt(NOON.plusMillis(i))
                            .build());
        }
        events.set(3, special(events.get(3)));
        doors.store.append(events);
    }

    private static AuditEvent special(AuditEvent event) {
        return event.toBuilder()
                .id("abcdef-1")
                .instance("copy-1")
                .severity(Severity.CRITICAL)
                .duration(Duration.ofMillis(250))
                .traceId("4bf92f3577b34da6a3ce929d0e0e4736")
                .attribute("order_id", new AttributeValue.Text("ORD-1"))
                .attribute("http.status", new AttributeValue.Whole(503))
                .build();
    }

    @AfterAll
    static void close() {
        doors.close();
    }

    @ParameterizedTest
    @CsvSource({
        "id_prefix=abcd",
        "id_prefix=ABCDEF",
        "id_prefix=4bf9-2f35",
        "severity=critical",
        "min_severity=error",
        "error=true",
        "min_duration=250ms",
        "max_duration=1h",
        "attribute.http.status=503.0",
        "attribute.instance=copy-1",
        "attribute.order_id=ORD-1",
        "order=duration&error=true"
    })
    void shouldFindWhatNoIndexKnowsPageByPage(String question) {
        List<String> ids = new ArrayList<>();
        long read = 0;
        String token = "";
        do {
            JsonNode page = get(question + "&page_token=" + token);
            ids.addAll(page.get("events").findValuesAsText("id"));
            read += page.at("/scanned/events").asLong();
            token = page.get("next_page_token").asText();
        } while (!token.isEmpty());

        assertThat(ids).containsExactly("abcdef-1");
        assertThat(read).isIn(0L, (long) EVENTS);
    }

    @Test
    void shouldSayHowFarItRead() {
        JsonNode page = get("error=true&from=2026-01-31T12:00:00Z");

        assertThat(page.at("/scanned/end").asText()).isEqualTo("EVENTS");
        assertThat(page.at("/scanned/events").asInt()).isEqualTo(1_000);
        assertThat(page.at("/scanned/reached").asText()).isEqualTo("2026-01-31T12:00:01.500Z");
        assertThat(page.at("/incomplete/0/bound").asText()).isEqualTo("SEARCH_EVENTS");
        assertThat(page.at("/incomplete/0/since").asText()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(page.at("/incomplete/0/until").asText()).isEqualTo("2026-01-31T12:00:01.500Z");
    }

    @Test
    void shouldSayNothingOfReadingWhereAnIndexDecides() {
        assertThat(get("service=service&limit=1000").has("scanned")).isFalse();
    }

    @Test
    void shouldFindTheSameOverGrpc() {
        ListEventsRequest request =
                ListEventsRequest.newBuilder()
                        .setFilter(
                                EventFilter.newBuilder()
                                        .setIdPrefix("4BF92F")
                                        .setMinSeverity(Event.Severity.ERROR)
                                        .setSeverity(Event.Severity.CRITICAL)
                                        .setError(true)
                                        .setMinDuration(1)
                                        .setMaxDuration(250_000_000)
                                        .putAttributes("http.status", "503")
                                        .putAttributes("order_id", "ORD-1"))
                        .setOrder(ListEventsRequest.Order.DURATION)
                        .build();

        ListEventsResponse page =
                EventServiceGrpc.newBlockingStub(doors.channel).listEvents(request);

        assertThat(page.getEventsList()).extracting(Event::getId).containsExactly("abcdef-1");
        assertThat(page.getScanned())
                .isEqualTo(Scanned.newBuilder().setEvents(1).setEnd(Scanned.End.ALL).build());
    }

    @ParameterizedTest
    @CsvSource({
        "id_prefix=abc",
        "severity=loud",
        "error=perhaps",
        "min_duration=0s",
        "attribute.=1",
        "attributes=1"
    })
    void shouldRefuseWhatMakesNoSense(String question) {
        assertThat(doors.http.get("/api/v1/events?" + question).statusCode()).isEqualTo(400);
        assertThat(doors.http.get("/api/v1/events/stream?" + question).statusCode()).isEqualTo(400);
    }

    private static JsonNode get(String question) {
        return Http.json(doors.http.get("/api/v1/events?" + question));
    }
}
