package io.tradingecosystem.audit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.links.LinkAnalyses;
import io.tradingecosystem.audit.api.links.TimelineRoutes;
import io.tradingecosystem.audit.api.verdicts.FalsePositives;
import io.tradingecosystem.audit.api.verdicts.VerdictMonitoring;
import io.tradingecosystem.audit.api.verdicts.VerdictRoutes;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.json.EventJsonReader;
import io.tradingecosystem.audit.event.json.Recording;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.server.http.RequestBodies;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A newcomer's first minute: a recording played into a service. */
class PlayerTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Path DEMO = Path.of("src/demo");
    private static final Tolerances PROMPT =
            new Tolerances(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ZERO);

    private final MemoryStore store = MemoryStore.create(CLOCK, Set.of());
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private Monitoring monitoring;
    private VerdictService verdicts;
    private LinkService links;
    private OpenDoors doors;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), Instant.EPOCH),
                        new Time(CLOCK, System::nanoTime));
        VerdictMonitoring observer = VerdictMonitoring.create(monitoring);
        verdicts =
                VerdictService.create(
                        store.store(),
                        new VerdictSetup("audit", Optional.empty(), PROMPT, 1_000),
                        observer,
                        new Time(CLOCK, System::nanoTime));
        verdicts.start();
        links =
                LinkService.create(
                        store.store(),
                        new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                        LinkObserver.NONE,
                        new Time(CLOCK, System::nanoTime));
        links.start();
        LinkAnalyses correlations =
                LinkAnalyses.create(
                        store,
                        links.index(),
                        links.progress()::now,
                        ClockSkew.of(Duration.ofMillis(100)),
                        true,
                        EventAliases.of(Map.of(), Map.of()));
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes("/api/v1/events", new EventsIn(store))
                        .routes("/api/v1", new TimelineRoutes(correlations))
                        .routes(
                                "/api/v1",
                                new VerdictRoutes(
                                        verdicts,
                                        FalsePositives.of(links.index(), links.progress()::now)))
                        .open();
    }

    @AfterEach
    void close() {
        doors.close();
        verdicts.close();
        links.close();
        monitoring.close();
    }

    /** As much of the events door as a player needs. */
    private record EventsIn(MemoryStore store) implements HttpService {
        @Override
        public void routing(HttpRules rules) {
            rules.post("/", this::take);
        }

        private void take(ServerRequest request, ServerResponse response) throws IOException {
            EventJsonReader reader = new EventJsonReader();
            String body =
                    new String(
                            RequestBodies.stream(request).readAllBytes(), StandardCharsets.UTF_8);
            List<AuditEvent> events = new ArrayList<>();
            for (String line : body.lines().toList()) {
                byte[] text = line.getBytes(StandardCharsets.UTF_8);
                if (reader.read(text, 0, text.length) instanceof Candidate.Draft draft) {
                    events.add(draft.event().build());
                }
            }
            assertThat(events).extracting(AuditEvent::occurredAt).allMatch(this::isPast);
            store.append(events);
            response.send("{}");
        }

        private boolean isPast(Instant moment) {
            return !moment.isAfter(CLOCK.instant());
        }
    }

    private Status play(String file, double speed) throws IOException, InterruptedException {
        return play(file, speed, URI.create("http://127.0.0.1:" + doors.httpPort()));
    }

    private Status play(String file, double speed, URI service)
            throws IOException, InterruptedException {
        List<AuditEvent> recording = Recording.read(DEMO.resolve(file));
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        return Player.of(service, out, false, CLOCK)
                .play(file, recording, speed, Duration.ofSeconds(30));
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldShowTimelineChainAndVerdict() throws IOException, InterruptedException {
        assertThat(play("depeg.ndjson", 50)).isEqualTo(Status.PASSED);

        assertThat(shown())
                .contains("+1.00 s  ▲ test-coordinator       chaos.injected")
                .contains("22 events sent")
                .contains("+13.400 s   ●     risk.alert.raised  risk-monitor")
                .contains("··· silence of 5.882 s")
                .contains("└─ +12.40 s  risk.alert.raised")
                .contains("12.4 s of 2 m, the same scenario_id, confidence 0.92")
                .contains("└─ +1.10 s  exposure.reduced")
                .contains("the sender named the cause")
                .contains(" PASSED   stablecoin-depeg-raises-risk-alert  critical")
                .contains("✓ risk-alert came after 12.4 s of 15 s")
                .doesNotContain("\u001b[");
    }

    @Test
    void shouldShowAFailureAndWhy() throws IOException, InterruptedException {
        assertThat(play("depeg-late.ndjson", Double.POSITIVE_INFINITY)).isEqualTo(Status.FAILED);

        assertThat(shown())
                .contains(" FAILED   stablecoin-depeg-raises-risk-alert")
                .contains("✗ risk-alert came 1.7 s too late (expected within 15 s)");
    }

    @Test
    void shouldPlayTheSameRecordingTwice() throws IOException, InterruptedException {
        play("market-crash.ndjson", Double.POSITIVE_INFINITY);
        play("market-crash.ndjson", Double.POSITIVE_INFINITY);

        assertThat(verdicts.verdicts().runs().page(10, "").runs()).hasSize(2);
        assertThat(verdicts.verdicts().exercised().get("market-crash-halts-strategies").total())
                .isEqualTo(2);
    }

    @Test
    void shouldSayWhenThereIsNoService() {
        URI nobody = URI.create("http://127.0.0.1:1");

        assertThatThrownBy(() -> play("depeg.ndjson", 1, nobody)).isInstanceOf(IOException.class);
    }
}
