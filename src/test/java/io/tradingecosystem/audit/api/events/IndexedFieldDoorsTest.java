package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.Descriptors.FieldDescriptor;

import io.tradingecosystem.audit.event.EventWith;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.ListEventsRequest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every field that events are found by is told of, and works, at every door. */
class IndexedFieldDoorsTest {
    private static final String VALUE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final List<String> PATHS =
            List.of(
                    "/api/v1/events",
                    "/api/v1/events/stream",
                    "/api/v1/timelines",
                    "/api/v1/statistics/delays");

    @ParameterizedTest
    @EnumSource(IndexedField.class)
    void shouldFindEventsAtBothDoors(IndexedField field) {
        try (EventDoors doors = EventDoors.open(Map.of())) {
            doors.store.append(
                    List.of(
                            EventWith.field("a", field.wireName(), VALUE),
                            EventWith.field("b", field.wireName(), "f".repeat(32))));

            JsonNode page =
                    Http.json(doors.http.get("/api/v1/events?" + field.wireName() + "=" + VALUE));
            List<Event> events =
                    EventServiceGrpc.newBlockingStub(doors.channel)
                            .listEvents(ListEventsRequest.newBuilder().setFilter(by(field)).build())
                            .getEventsList();

            assertThat(page.get("events").findValuesAsText("id")).containsExactly("a");
            assertThat(page.at("/events/0/" + field.wireName()).asText()).isEqualTo(VALUE);
            assertThat(events).extracting(Event::getId).containsExactly("a");
        }
    }

    private static EventFilter by(IndexedField field) {
        return EventFilter.newBuilder().setField(declared(field), VALUE).build();
    }

    private static FieldDescriptor declared(IndexedField field) {
        FieldDescriptor declared = EventFilter.getDescriptor().findFieldByName(field.wireName());
        assertThat(declared)
                .as(
                        "proto/audit/v1/event.proto: EventFilter has no field %s, by which events"
                                + " are found; add \"string %1$s\" to it",
                        field.wireName())
                .isNotNull();
        return declared;
    }

    @ParameterizedTest
    @EnumSource(IndexedField.class)
    void shouldStandInTheDescriptionOfEachPath(IndexedField field) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/openapi.yaml")) {
            JsonNode document = new YAMLMapper().readTree(in);
            for (String path : PATHS) {
                List<String> names = new ArrayList<>();
                document.path("paths")
                        .path(path)
                        .at("/get/parameters")
                        .forEach(each -> names.add(resolved(document, each).path("name").asText()));

                assertThat(names)
                        .as(
                                "openapi.yaml: GET %s does not list the parameter %s, by which"
                                        + " events are found; add it to the path's parameters",
                                path, field.wireName())
                        .contains(field.wireName());
            }
        }
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : document.at(reference.asText().substring(1));
    }
}
