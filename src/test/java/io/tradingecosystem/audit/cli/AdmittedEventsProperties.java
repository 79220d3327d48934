package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.OfflineLinks;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.event.Admission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventIds;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.event.json.EventJsonReader;
import io.tradingecosystem.audit.event.json.EventJsonWriter;
import io.tradingecosystem.audit.scenario.OfflineVerdicts;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.store.AppendOutcome;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.HostileEvents;
import io.tradingecosystem.audit.testing.TestSettings;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Whatever admission takes can be worked on by everybody behind it, and comes back as it was. */
class AdmittedEventsProperties {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EVENTS = 12;
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final ByteArrayOutputStream RECORDING = new ByteArrayOutputStream();

    private static Path folder;
    private static EventStore store;
    private static LinkService links;
    private static VerdictService verdicts;

    private final EventJsonReader reader = new EventJsonReader();
    private final Admission admission =
            new Admission(
                    EventLimits.DEFAULT,
                    EventAliases.of(EventAliases.DEFAULT_NAMES, EventAliases.DEFAULT_SERVICES),
                    new EventIds(InstantSource.system(), NUMBER::get),
                    InstantSource.system());

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("admitted");
        store = store();
        links =
                LinkService.create(
                        store.store(),
                        new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                        (rule, after) -> {},
                        Time.system());
        verdicts =
                VerdictService.create(
                        store.store(),
                        new VerdictSetup("audit", Optional.empty(), Tolerances.DEFAULT, 1_000),
                        VerdictObserver.NONE,
                        Time.system());
        links.start();
        verdicts.start();
    }

    private static EventStore store() {
        return EventStore.open(
                TestSettings.of(Map.of("store.path", folder.resolve("data").toString())).store(),
                StoreObserver.NONE,
                Time.system());
    }

    @Property(tries = 60)
    void shouldGoThroughEverythingAndComeBack(@ForAll long seed) throws IOException {
        List<AuditEvent> admitted = admitted(new HostileEvents(seed, Instant.now()));

        assertThat(store.log().append(admitted)).allMatch(AppendOutcome.Stored.class::isInstance);
        for (AuditEvent event : admitted) {
            assertThat(fromJson(event)).isEqualTo(event);
            assertThat(store.index().byId(event.id()).map(AdmittedEventsProperties::reported))
                    .contains(event);
            RECORDING.write(EventJsonWriter.bytes(event));
            RECORDING.write('\n');
        }
        OfflineLinks.of(admitted, Optional.empty(), LinkBounds.DEFAULT);
        OfflineVerdicts.verify(admitted, Optional.empty(), Tolerances.DEFAULT, Optional.empty());
    }

    /** What is replayed equals what came of them live, and a recording of them can be judged. */
    @AfterContainer
    static void shouldReplay() throws IOException {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                links.statistics().behind() == 0
                                        && verdicts.statistics().behind() == 0);
        links.close();
        verdicts.close();
        store.close();
        Path recording = Files.write(folder.resolve("events.ndjson"), RECORDING.toByteArray());
        assertThat(Files.readAllLines(recording)).hasSizeGreaterThan(8 * EVENTS);
        CommandLine line = new CommandLine();

        assertThat(line.run("replay", "--data", folder.resolve("data").toString()))
                .as(line.out() + line.err())
                .isZero();
        assertThat(line.run("verify", "--events", recording.toString()))
                .as(line.out() + line.err())
                .isIn(0, 1, 3);
    }

    private List<AuditEvent> admitted(HostileEvents events) {
        List<AuditEvent> admitted = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            byte[] text = events.next("-" + NUMBER.incrementAndGet()).getBytes(UTF_8);
            Candidate candidate = reader.read(text, 0, text.length);
            if (admission.admit(candidate) instanceof Admission.Result.Admitted taken) {
                admitted.add(reported(taken.event()));
            }
        }
        return admitted;
    }

    /** What comes out can be sent again, and is the same. */
    private AuditEvent fromJson(AuditEvent event) {
        byte[] json = EventJsonWriter.bytes(event);
        return admission.admit(reader.read(json, 0, json.length))
                        instanceof Admission.Result.Admitted again
                ? reported(again.event())
                : event.at(Instant.EPOCH);
    }

    private static AuditEvent reported(AuditEvent event) {
        return event.stored(0, Instant.EPOCH);
    }
}
