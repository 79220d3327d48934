package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.Recording;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.DamagedDirectory;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreException;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A log of judged runs of which a part is lost. */
class RepairCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** When the story ended; an hour before that it was not yet begun. */
    private static final Duration AGO = Duration.ofHours(5);

    /** Nobody has anything to deliver after an absence. */
    private static final Tolerances PROMPT =
            new Tolerances(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ZERO);

    private final CommandLine line = new CommandLine();
    @TempDir private Path folder;
    private String passed = "";
    private String evidence = "";

    private void judge() throws IOException {
        try (EventStore store = open();
                VerdictService verdicts = verdicts(store)) {
            verdicts.start();
            for (AuditEvent event : now(Recording.read(Path.of("src/demo/market-crash.ndjson")))) {
                store.log().append(withOthers(event));
            }
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    verdicts.statistics().behind() == 0
                                            && verdicts.verdicts().all().stream()
                                                    .anyMatch(RepairCommandTest::isPassed));
            Verdict verdict =
                    verdicts.verdicts().all().stream()
                            .filter(RepairCommandTest::isPassed)
                            .filter(each -> !evidence(each).isEmpty())
                            .findFirst()
                            .orElseThrow();
            passed = verdict.id();
            evidence = evidence(verdict).getLast();
        }
    }

    /** At once: a verdict that the event decides must not be lost with it. */
    private static List<AuditEvent> withOthers(AuditEvent event) {
        List<AuditEvent> events = new ArrayList<>(List.of(event));
        events.addAll(others(event.id()));
        return events;
    }

    /** So many that a bit that flips in one event of the story takes no other of them along. */
    private static List<AuditEvent> others(String id) {
        return IntStream.range(0, 100)
                .mapToObj(
                        i ->
                                AuditEvent.builder("other", "other.thing")
                                        .id("behind-" + id + "-" + i)
                                        .message("x".repeat(500))
                                        .build())
                .toList();
    }

    private static List<String> evidence(Verdict verdict) {
        return verdict.findings().stream()
                .flatMap(finding -> finding.sightings().stream())
                .map(sighting -> sighting.eventId())
                .toList();
    }

    private static boolean isPassed(Verdict verdict) {
        return verdict.status() == Status.PASSED;
    }

    /** The same story, which has ended when it is told. */
    private static List<AuditEvent> now(List<AuditEvent> run) {
        Duration shift = Duration.between(run.getLast().occurredAt(), Instant.now().minus(AGO));
        return run.stream()
                .map(each -> each.toBuilder().occurredAt(each.occurredAt().plus(shift)).build())
                .toList();
    }

    @Test
    void shouldFindALogWhole() {
        try (EventStore store = open()) {
            store.log().append(others("nothing"));
        }
        assertThat(line.run("verify-store", folder.toString())).as(line.out()).isZero();
        assertThat(line.out()).contains(folder + " is whole");
        assertThat(line.run("repair", folder.toString())).isZero();
        assertThat(folder.resolve("quarantine")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MANIFEST", "CURRENT"})
    void shouldSayThatAListOfFilesCannotBeRepaired(String name) throws IOException {
        try (EventStore store = open()) {
            store.log().append(others("nothing"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            Path list =
                    files.filter(file -> String.valueOf(file.getFileName()).startsWith(name))
                            .max(Comparator.naturalOrder())
                            .orElseThrow();
            byte[] bytes = Files.readAllBytes(list);
            bytes[bytes.length / 2] ^= 1;
            Files.write(list, bytes);
        }
        String advice = "repair cannot help; restore the directory from a backup";

        assertThat(line.run("verify-store", folder.toString())).isEqualTo(1);
        assertThat(line.out()).contains(name, advice);
        assertThat(line.run("repair", folder.toString())).isEqualTo(1);
        assertThat(line.err()).contains(name, advice);
        assertThat(folder.resolve("quarantine")).doesNotExist();
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(advice);
    }

    @Test
    void shouldMakeVerdictsInconclusiveThatLostEventsMayHaveDecided() throws IOException {
        judge();
        Path wal = writeAheadLog();
        flip(wal, evidence);

        assertThat(line.run("verify-store", folder.toString())).isEqualTo(1);
        assertThat(line.out())
                .contains("damaged: " + wal.getFileName())
                .contains("lost: events ")
                .contains("may have occurred at any time: no index tells, and --max-age is not")
                .contains("verdict: " + passed);
        assertThat(line.run("verify-store", folder.toString(), "--max-age", "1h")).isEqualTo(1);
        assertThat(line.out()).contains(", as --max-age says").doesNotContain(passed);
        // No clock of a sender is ahead: else what is touched waits as long as one may be.
        assertThat(line.run("repair", folder.toString(), "--config", config()))
                .as(line.err())
                .isZero();
        assertThat(line.out()).contains("repaired: ").contains("dropped: scenario");
        assertThat(folder.resolve("quarantine")).exists();
        assertThat(line.run("verify-store", folder.toString())).as(line.out()).isZero();
        try (EventStore store = open();
                VerdictService verdicts = verdicts(store)) {
            verdicts.start();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(verdicts.verdicts().verdict(passed))
                                            .hasValueSatisfying(RepairCommandTest::isLost));
        }
    }

    private static void isLost(Verdict verdict) {
        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("of the log were lost");
    }

    private static void flip(Path file, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void shouldEndWithALineWhereWhatIsDerivedCannotBeRead() throws IOException {
        try (EventStore store = open();
                VerdictService verdicts = verdicts(store)) {
            verdicts.start();
            store.log().append(others("nothing"));
            await().atMost(PATIENCE).until(() -> verdicts.statistics().behind() == 0);
        }
        DamagedDirectory.damage(settings(), "projections");

        assertThat(line.run("replay", "--data", folder.toString())).isEqualTo(2);
        assertThat(line.err()).startsWith("audit-correlator: a part of the log cannot be read: 0");
        assertThat(line.err().lines()).hasSize(1);
        assertThat(line.run("--config", config())).isEqualTo(1);
        assertThat(line.err()).contains("cannot be read").contains("repair");
        assertThat(line.run("repair", folder.toString())).isZero();
        assertThat(line.out()).contains("dropped: scenario");
        assertThat(line.run("replay", "--data", folder.toString())).as(line.err()).isNotEqualTo(2);
    }

    /** Settings of a service on this log. */
    private String config() throws IOException {
        Path file = folder.resolveSibling(folder.getFileName() + ".yaml");
        Files.writeString(
                file,
                """
                server: {http: {port: 0}, grpc: {port: 0}}
                store: {path: %s}
                ingest: {future: 0s}
                """
                        .formatted(folder));
        return file.toString();
    }

    @Test
    void shouldRefuseAnAgeThatIsNoDuration() {
        assertThat(line.run("repair", folder.toString(), "--max-age", "soon")).isEqualTo(2);
        assertThat(line.err()).contains("--max-age is a duration like 1h");
    }

    @Test
    void shouldRefuseALogThatIsNotThere() {
        assertThat(line.run("verify-store", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(line.err()).contains("there is no log in");
    }

    private EventStore open() {
        return EventStore.open(settings(), StoreObserver.NONE, Time.system());
    }

    private StoreSettings settings() {
        return TestSettings.of(Map.of("store.path", folder.toString())).store();
    }

    private static VerdictService verdicts(EventStore store) {
        return VerdictService.create(
                store.store(),
                new VerdictSetup("audit", Optional.empty(), PROMPT, 1_000),
                VerdictObserver.NONE,
                Time.system());
    }

    private Path writeAheadLog() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
        }
    }
}
