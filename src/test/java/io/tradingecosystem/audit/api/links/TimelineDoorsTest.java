package io.tradingecosystem.audit.api.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventWith;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Timelines, chains, groups and delays, asked over HTTP. */
class TimelineDoorsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of("order_id"));
    private final MemoryLinks links = new MemoryLinks();
    private Monitoring monitoring;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), START),
                        new Time(clock, System::nanoTime));
        LinkAnalyses correlations =
                LinkAnalyses.create(
                        store,
                        links,
                        () -> new Progress(7, 0),
                        ClockSkew.of(Duration.ofMillis(100)),
                        true,
                        EventAliases.of(Map.of(), Map.of()));
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes("/api/v1", new TimelineRoutes(correlations))
                        .open();
        http = Http.of(doors.httpPort());
    }

    @AfterEach
    void close() {
        doors.close();
        monitoring.close();
    }

    private AuditEvent put(AuditEventBuilder event) {
        AuditEvent built = event.build();
        store.append(List.of(built));
        return store.byId(built.id()).orElseThrow();
    }

    private AuditEventBuilder event(String service, String type, String id, long millis) {
        return AuditEvent.builder(service, type)
                .id(id)
                .scenarioId("run-1")
                .occurredAt(START.plusMillis(millis));
    }

    @ParameterizedTest
    @EnumSource(IndexedField.class)
    void shouldSelectByEachField(IndexedField field) {
        String value = "4bf92f3577b34da6a3ce929d0e0e4736";
        store.append(
                List.of(
                        EventWith.field("a", field.wireName(), value),
                        EventWith.field("b", field.wireName(), "f".repeat(32))));

        JsonNode timeline =
                Http.json(http.get("/api/v1/timelines?" + field.wireName() + "=" + value));

        assertThat(timeline.get("entries").findValuesAsText("id")).containsExactly("a");
    }

    /** Chaos, the alert that it caused, and what was done. */
    private void depeg() {
        AuditEvent chaos = put(event("coordinator", "chaos.injected", "chaos", 0));
        AuditEvent alert =
                put(
                        event("risk-monitor", "risk.alert.raised", "alert", 12_400)
                                .severity(Severity.CRITICAL)
                                .message("USDX lost its peg"));
        AuditEvent halted =
                put(
                        event("engine", "strategy.halted", "halted", 13_000)
                                .attribute("order_id", "7"));
        put(
                AuditEvent.builder("exchange", "order.cancelled")
                        .id("cancelled")
                        .attribute("order_id", "7")
                        .occurredAt(START.plusSeconds(14)));
        links.link(chaos, alert, Link.Kind.RULE, 0.9);
        links.link(alert, halted);
    }

    private HttpResponse<String> drawn(String path) {
        return http.send(http.request(path).header("Accept", "text/plain"));
    }

    @Test
    void shouldTellATimeline() {
        depeg();

        JsonNode timeline = Http.json(http.get("/api/v1/timelines?scenario_id=run-1"));

        assertThat(timeline.get("count").asInt()).isEqualTo(3);
        assertThat(timeline.get("next_page_token").asText()).isEmpty();
        assertThat(timeline.get("clock_tolerance").asDouble()).isEqualTo(0.1);
        JsonNode alert = timeline.get("entries").get(1);
        assertThat(alert.at("/event/id").asText()).isEqualTo("alert");
        assertThat(alert.get("depth").asInt()).isEqualTo(1);
        assertThat(alert.get("since_previous").asDouble()).isEqualTo(12.4);
        assertThat(alert.get("after_silence").asBoolean()).isTrue();
        assertThat(alert.get("order_certain").asBoolean()).isTrue();
        assertThat(alert.at("/causes/0/cause_id").asText()).isEqualTo("chaos");
        assertThat(alert.at("/causes/0/kind").asText()).isEqualTo("rule");
        assertThat(Http.json(http.get("/api/v1/timelines?order_id=7")).get("count").asInt())
                .isEqualTo(2);
        assertThat(
                        Http.json(
                                        http.get(
                                                "/api/v1/timelines?from=2026-01-01T12:00:13Z"
                                                        + "&to=2026-01-01T12:00:14Z"))
                                .get("count")
                                .asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldPageThroughATimeline() {
        List<String> reported = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            put(event("engine", "tick", "e" + i, i));
        }
        String token = "";
        do {
            JsonNode page =
                    Http.json(
                            http.get(
                                    "/api/v1/timelines?service=engine&limit=10&page_token="
                                            + token));
            page.get("entries").forEach(entry -> reported.add(entry.at("/event/id").asText()));
            token = page.get("next_page_token").asText();
        } while (!token.isEmpty());

        assertThat(reported).hasSize(25).doesNotHaveDuplicates().startsWith("e0").endsWith("e24");
    }

    @Test
    void shouldDrawATimelineAndAChainForPeople() {
        depeg();

        HttpResponse<String> timeline = drawn("/api/v1/timelines?scenario_id=run-1");
        assertThat(timeline.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(timeline.body())
                .startsWith("2026-01-01T12:00:00Z\n")
                .contains("··· silence of 12.400 s")
                .contains("+12.400 s   ●   risk.alert.raised  risk-monitor  USDX lost its peg")
                .contains("+13.000 s         strategy.halted  engine\n");
        assertThat(drawn("/api/v1/events/chaos/chain").body())
                .contains(
                        "└─ +12.400 s  risk.alert.raised  risk-monitor  USDX lost its peg  · rule"
                                + " a-rule: told by the test, confidence 0.90\n")
                .contains("   └─ +13.000 s  strategy.halted  engine");
        assertThat(drawn("/api/v1/timelines?scenario_id=nobody").body()).isEqualTo("no events\n");
    }

    @Test
    void shouldNotLetAMessageSteerTheTerminal() {
        put(event("engine", "tick", "e", 0).message("\u001b[2J\rgone\n"));

        assertThat(drawn("/api/v1/timelines?scenario_id=run-1").body())
                .contains("tick  engine  \\u001b[2J\\rgone");
        assertThat(drawn("/api/v1/events/e/chain").body()).doesNotContain("\u001b");
    }

    @Test
    void shouldTellAChain() {
        depeg();

        JsonNode chain =
                Http.json(http.get("/api/v1/events/halted/chain?direction=causes&depth=1"));

        assertThat(chain.get("nodes")).hasSize(2);
        assertThat(chain.get("truncated").asBoolean()).isTrue();
        assertThat(chain.at("/incomplete/0/bound").asText()).isEqualTo("CHAIN_DEPTH");
        JsonNode whole = Http.json(http.get("/api/v1/events/halted/chain"));
        assertThat(whole.get("truncated").asBoolean()).isFalse();
        JsonNode chaos = whole.get("nodes").get(2);
        assertThat(chaos.get("side").asText()).isEqualTo("cause");
        assertThat(chaos.get("depth").asInt()).isEqualTo(2);
        assertThat(chaos.get("delay").asDouble()).isEqualTo(-13.0);
        assertThat(chaos.get("confidence").asDouble()).isEqualTo(0.9);
        assertThat(whole.get("links")).hasSize(2);
        assertThat(http.get("/api/v1/events/nobody/chain").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTellAGroupAndWhyItBelongsTogether() {
        depeg();

        JsonNode group = Http.json(http.get("/api/v1/events/chaos/group"));

        assertThat(group.get("count").asInt()).isEqualTo(4);
        JsonNode last = group.get("members").get(3);
        assertThat(last.at("/event/id").asText()).isEqualTo("cancelled");
        assertThat(last.at("/join/key").asText()).isEqualTo("order_id");
        assertThat(last.at("/join/with").asText()).isEqualTo("halted");
        assertThat(
                        Http.json(http.get("/api/v1/events/chaos/group?by=scenario_id"))
                                .get("count")
                                .asInt())
                .isEqualTo(3);
    }

    @Test
    void shouldTellDelaysBesideThoseOfAQuietRun() {
        depeg();
        AuditEvent shock = put(event("coordinator", "chaos.injected", "c2", 0).scenarioId("quiet"));
        AuditEvent alert =
                put(event("risk-monitor", "risk.alert.raised", "a2", 6_200).scenarioId("quiet"));
        links.link(shock, alert, Link.Kind.RULE, 0.9);

        JsonNode alone = Http.json(http.get("/api/v1/statistics/delays?scenario_id=run-1"));
        assertThat(alone.at("/rules/0/rule").asText()).isEqualTo("a-rule");
        assertThat(alone.at("/rules/0/delays/p50").asDouble()).isEqualTo(12.4);
        JsonNode compared =
                Http.json(http.get("/api/v1/statistics/delays?scenario_id=run-1&baseline=quiet"));
        assertThat(compared.at("/rules/0/ratio").asDouble()).isEqualTo(2.0);
        assertThat(compared.at("/hops/1/hop").asText())
                .isEqualTo("risk-monitor risk.alert.raised -> engine strategy.halted");
        assertThat(compared.get("hops").get(1).has("baseline")).isFalse();
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        for (String path :
                List.of(
                        "/api/v1/timelines",
                        "/api/v1/timelines?scenario_id=a&trace_id=b",
                        "/api/v1/timelines?scenario_id=a&colour=red",
                        "/api/v1/timelines?scenario_id=a&limit=0",
                        "/api/v1/timelines?scenario_id=a&silence=soon",
                        "/api/v1/timelines?scenario_id=a&page_token=x",
                        "/api/v1/timelines?from=yesterday",
                        "/api/v1/events/a/chain?direction=up",
                        "/api/v1/events/a/chain?depth=1001",
                        "/api/v1/events/a/group?by=colour",
                        "/api/v1/statistics/delays?service=a&baseline=b")) {
            HttpResponse<String> response = http.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(400);
            assertThat(Http.json(response).get("detail").asText()).as(path).isNotEmpty();
        }
    }
}
