package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.expectations.ExpectationConflictException;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.FaultyLog;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** The referee at work on a log that grows. */
class VerdictServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ManualClock clock = ManualClock.at(Scene.START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private final ConcurrentLinkedQueue<Verdict> observed = new ConcurrentLinkedQueue<>();
    @TempDir private Path folder;
    private VerdictService verdicts;
    private Tolerances clocks = Scene.EXACT;
    private VerdictBounds bounds = VerdictBounds.DEFAULT.withMaxVerdicts(1_000);

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("depeg.yaml"), Scene.DEPEG);
        verdicts = started();
    }

    @AfterEach
    void stop() {
        verdicts.close();
    }

    private VerdictService started() {
        VerdictService started = over(store);
        started.start();
        return started;
    }

    private VerdictService over(EventLog log) {
        return over(log, log instanceof MemoryStore other ? other : store);
    }

    private VerdictService over(EventLog log, MemoryStore rest) {
        return over(log, rest, System::nanoTime);
    }

    private VerdictService over(EventLog log, MemoryStore rest, LongSupplier ticker) {
        var setup = new VerdictSetup("audit", Optional.of(folder), clocks, bounds);
        return VerdictService.create(
                new Store(log, rest, rest), setup, observed::add, new Time(clock, ticker));
    }

    private void append(AuditEvent event) {
        store.append(List.of(event));
    }

    private List<AuditEvent> logged(String type) {
        return store.find(Query.of(Selection.of(Selection.Key.of(IndexedField.TYPE, type)), 100))
                .events();
    }

    private void shouldBeInconclusive() {
        awaitVerdicts(1);
        assertThat(logged(VerdictEvents.VERDICT).getFirst().message())
                .startsWith("depeg INCONCLUSIVE");
    }

    private void awaitVerdicts(int count) {
        await().atMost(PATIENCE).until(() -> logged(VerdictEvents.VERDICT).size() == count);
    }

    @Test
    void shouldWriteAVerdictIntoTheLogWhenItIsCertain() {
        append(Scene.injected("t", 0, "s1"));
        append(Scene.alert("a", 5, "s1"));

        awaitVerdicts(1);
        AuditEvent verdict = logged(VerdictEvents.VERDICT).getFirst();
        assertThat(verdict.causeId()).isEqualTo("t");
        assertThat(verdict.scenarioId()).isEqualTo("s1");
        assertThat(verdict.occurredAt()).isEqualTo(Scene.at(5));
        assertThat(verdict.message()).isEqualTo("depeg PASSED: alert came after 5 s of 15 s");
        assertThat(observed).extracting(Verdict::status).containsExactly(Status.PASSED);
    }

    @Test
    void shouldFailByTheClockAlone() throws InterruptedException {
        append(Scene.injected("t", 0, "s1"));
        await().atMost(PATIENCE).until(() -> verdicts.statistics().open() == 1);
        assertThat(verdicts.lastSequence()).isZero();

        clock.jump(Duration.ofSeconds(17));

        assertThat(verdicts.await(0, PATIENCE)).isTrue();
        assertThat(verdicts.verdicts().madeAfter(0, 10))
                .extracting(made -> made.verdict().status())
                .containsExactly(Status.FAILED);
    }

    @Test
    void shouldTakeExpectationsByTheLogAndKeepThemOverARestart() {
        String quick = Scene.DEPEG.replace("name: depeg", "name: quick").replace("15s", "2s");
        verdicts.put(quick, Teller.NONE);
        assertThat(verdicts.put(quick, Teller.NONE).definition().origin()).isEqualTo("api");
        assertThat(logged(VerdictEvents.EXPECTATION)).hasSize(2);

        verdicts.close();
        verdicts = started();
        append(Scene.injected("t", 0, "s1"));
        append(Scene.alert("a", 5, "s1"));
        clock.jump(Duration.ofSeconds(10));

        awaitVerdicts(2);
        assertThat(
                        verdicts.verdicts()
                                .verdicts(VerdictStoreReader.Question.ofScenario("s1"))
                                .verdicts())
                .extracting(Verdict::expectation, Verdict::status)
                .containsExactlyInAnyOrder(
                        tuple("depeg", Status.PASSED), tuple("quick", Status.FAILED));
    }

    @Test
    void shouldRefuseToReplaceAnExpectationOfAFile() {
        assertThatThrownBy(() -> verdicts.put(Scene.DEPEG.replace("15s", "1h"), Teller.NONE))
                .isInstanceOf(ExpectationConflictException.class)
                .hasMessageContaining("depeg is defined by a file");
    }

    @Test
    void shouldNameEveryProblemOfAnExpectation() {
        assertThatThrownBy(
                        () ->
                                verdicts.put(
                                        "{name: X y, expect: [{name: a, event: {}, withn: 3s}]}",
                                        Teller.NONE))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("definition:1:2: expectation X y: name is X y; allowed is")
                .hasMessageContaining("expect[0].withn is not known")
                .hasMessageContaining("expect[0].within is missing")
                .hasMessageContaining("when is missing");
    }

    @Test
    void shouldFollowItsFolder() throws IOException {
        Files.writeString(folder.resolve("more.yaml"), Scene.DEPEG.replace("depeg", "more"));
        await().atMost(PATIENCE).until(() -> verdicts.expectations().size() == 2);

        Files.writeString(folder.resolve("more.yaml"), "nonsense: true");
        await().atMost(PATIENCE).until(() -> !verdicts.statistics().problems().isEmpty());
        assertThat(verdicts.expectations()).hasSize(2);

        Files.delete(folder.resolve("more.yaml"));
        await().atMost(PATIENCE).until(() -> verdicts.expectations().size() == 1);
        assertThat(verdicts.statistics().problems()).isEmpty();
    }

    @Test
    void shouldWarnOfAWindowThatIsShorterThanClocksDiffer() throws IOException {
        verdicts.close();
        clocks = new Tolerances(Duration.ZERO, Duration.ofMillis(100), Duration.ZERO);
        verdicts = started();
        assertThat(verdicts.statistics().warnings()).isEmpty();

        Files.writeString(folder.resolve("depeg.yaml"), Scene.DEPEG.replace("15s", "99ms"));
        await().atMost(PATIENCE).until(() -> !verdicts.statistics().warnings().isEmpty());
        assertThat(verdicts.statistics().warnings())
                .containsExactly(
                        "depeg: within of alert is 99ms, less than the 100ms that clocks may differ"
                                + " by");
        assertThat(verdicts.statistics().problems()).isEmpty();

        Files.writeString(folder.resolve("depeg.yaml"), Scene.DEPEG);
        await().atMost(PATIENCE).until(() -> verdicts.statistics().warnings().isEmpty());
    }

    @Test
    void shouldSayInTheLogHowManyWindowsItClosedEarly() {
        verdicts.close();
        bounds = new VerdictBounds(1_000, 2, 1_000, 1_000, 100);
        verdicts = started();
        for (int i = 0; i < 5; i++) {
            append(Scene.injected("t" + i, 0, "s" + i));
        }

        await().atMost(PATIENCE)
                .until(
                        () ->
                                logged(VerdictEvents.EVICTION).stream()
                                                .mapToInt(VerdictServiceTest::closedWindows)
                                                .sum()
                                        == 3);
        await().atMost(PATIENCE).until(() -> verdicts.statistics().closedWindows() == 3);
        assertThat(verdicts.statistics().droppedEvents()).isZero();
    }

    private static int closedWindows(AuditEvent eviction) {
        return Integer.parseInt(eviction.attribute("closed_windows"));
    }

    @Test
    void shouldPutInForceAgainWhatWasTakenOutOfItsFolder() throws IOException {
        Path file = folder.resolve("depeg.yaml");
        for (int round = 0; round < 2; round++) {
            Files.delete(file);
            await().atMost(PATIENCE).until(() -> verdicts.expectations().isEmpty());
            verdicts.close();
            verdicts = started();
            Files.writeString(file, Scene.DEPEG);
            await().atMost(PATIENCE).until(() -> verdicts.expectations().size() == 1);
        }

        append(Scene.injected("t", 0, "s1"));
        append(Scene.alert("a", 5, "s1"));
        awaitVerdicts(1);
    }

    @Test
    void shouldBeInconclusiveAboutAWindowInWhichItWasAway() {
        append(Scene.injected("t", 0, "s1"));
        await().atMost(PATIENCE).until(() -> verdicts.statistics().open() == 1);
        verdicts.close();
        clock.jump(Duration.ofSeconds(60));
        verdicts = started();
        await().atMost(PATIENCE).until(() -> logged(VerdictEvents.GAP).size() == 1);
        assertThat(logged(VerdictEvents.VERDICT)).isEmpty();

        clock.jump(Duration.ofSeconds(30));

        awaitVerdicts(1);
        assertThat(logged(VerdictEvents.VERDICT).getFirst().message())
                .startsWith(
                        "depeg INCONCLUSIVE: alert did not come within 15 s, but the correlator");

        append(Scene.alert("a", 5, "s1"));
        awaitVerdicts(2);
        assertThat(verdicts.verdicts().madeAfter(1, 10))
                .extracting(made -> made.verdict().status())
                .containsExactly(Status.PASSED);
    }

    @Test
    void shouldNotJudgeWithoutItsAbsenceWhatIsToldBeforeIt() throws IOException {
        append(Scene.injected("t", 0, "s1"));
        await().atMost(PATIENCE).until(() -> verdicts.statistics().open() == 1);
        verdicts.close();
        clock.jump(Duration.ofSeconds(60));
        Files.writeString(folder.resolve("more.yaml"), Scene.DEPEG.replace("depeg", "more"));
        append(Scene.event("linker", "audit.rule", "r", 60).build());

        verdicts = started();
        await().atMost(PATIENCE).until(() -> logged(VerdictEvents.GAP).size() == 1);
        clock.jump(Duration.ofSeconds(30));

        shouldBeInconclusive();
    }

    @Test
    void shouldNotJudgeWhatComesRightBehindALongPauseWithoutIt() {
        verdicts.close();
        clock.jump(Duration.ofSeconds(1));
        AtomicLong awake = new AtomicLong();
        verdicts = over(store, store, () -> Times.toEpochNanos(clock.instant()) - awake.get());
        verdicts.start();
        await().atMost(PATIENCE).until(() -> logged(VerdictEvents.GAP).size() == 1);
        append(Scene.injected("t", 1, "s1"));
        await().atMost(PATIENCE).until(() -> verdicts.statistics().open() == 1);

        clock.jump(Duration.ofSeconds(60));
        append(Scene.event("noise", "tick", "tick", 61).build());
        await().atMost(PATIENCE).until(() -> logged(VerdictEvents.GAP).size() == 2);
        awake.set(Duration.ofSeconds(30).toNanos());
        clock.jump(Duration.ofSeconds(30));

        shouldBeInconclusive();
        assertThat(logged(VerdictEvents.VERDICT).getFirst().message())
                .contains("the correlator stood still from");
    }

    @Test
    void shouldBeInconclusiveHoweverShortlyItWasAway() throws IOException {
        verdicts.close();
        Files.writeString(folder.resolve("depeg.yaml"), Scene.DEPEG.replace("15s", "100ms"));
        verdicts = started();
        append(Scene.injected("t", 0, "s1"));
        await().atMost(PATIENCE).until(() -> verdicts.statistics().open() == 1);
        verdicts.close();
        clock.jump(Duration.ofMillis(300));
        verdicts = started();
        await().atMost(PATIENCE).until(() -> logged(VerdictEvents.GAP).size() == 1);
        clock.jump(Duration.ofSeconds(31));

        shouldBeInconclusive();
    }

    @Test
    void shouldBeInconclusiveAboutAWindowBeforeItsDoorsOpened() {
        verdicts.close();
        clock.jump(Duration.ofMillis(1));
        verdicts = started();
        clock.jump(Duration.ofSeconds(20));
        verdicts.doorsOpened();
        append(Scene.injected("t", 2, "s1"));
        await().atMost(PATIENCE).until(() -> logged(VerdictEvents.GAP).size() == 2);
        clock.jump(Duration.ofSeconds(31));

        shouldBeInconclusive();
    }

    @Test
    void shouldBeInconclusiveAboutAWindowAfterItsDoorsClosed() {
        verdicts.doorsOpened();
        append(Scene.injected("t", 0, "s1"));
        await().atMost(PATIENCE).until(() -> verdicts.statistics().open() == 1);
        verdicts.doorsClosed();
        clock.jump(Duration.ofSeconds(1));
        verdicts.close();
        verdicts = started();
        await().atMost(PATIENCE).until(() -> logged(VerdictEvents.GAP).size() == 1);
        clock.jump(Duration.ofSeconds(48));

        shouldBeInconclusive();
    }

    @Test
    void shouldTellOfNoAbsenceAtTheFirstStart() {
        verdicts.doorsOpened();
        append(Scene.injected("t", 0, "s1"));
        await().atMost(PATIENCE).until(() -> verdicts.statistics().open() == 1);
        clock.jump(Duration.ofSeconds(18));

        awaitVerdicts(1);
        assertThat(logged(VerdictEvents.GAP)).isEmpty();
    }

    @Test
    void shouldJudgeWhatComesWhileItStillCatchesUp() {
        verdicts.close();
        MemoryStore busy = MemoryStore.create(clock, Set.of());
        List<AuditEvent> earlier =
                IntStream.range(0, 3 * VerdictProcessor.BATCH)
                        .mapToObj(i -> Scene.event("noise", "tick", "tick-" + i, 0).build())
                        .toList();
        busy.append(earlier);

        try (VerdictService late = over(busy)) {
            late.startWithoutWaiting();
            busy.append(List.of(Scene.injected("t", 0, "s1"), Scene.alert("a", 5, "s1")));

            await().atMost(PATIENCE).until(() -> late.lastSequence() == 1);
        }
    }

    @Test
    void shouldNotHoldUpTheStartWhileTheLogCannotBeWritten() {
        MemoryStore empty = MemoryStore.create(clock, Set.of());
        FaultyLog log = new FaultyLog(empty);
        log.unavailable(Integer.MAX_VALUE);

        try (VerdictService first = over(log, empty)) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), first::start);
        }
    }

    @Test
    void shouldStartWhileTheLogCannotBeWrittenAndTellOfItsAbsenceLater() {
        append(Scene.injected("t", 0, "s1"));
        await().atMost(PATIENCE).until(() -> verdicts.statistics().open() == 1);
        verdicts.close();
        clock.jump(Duration.ofSeconds(60));
        FaultyLog log = new FaultyLog(store);
        log.unavailable(2);

        verdicts = over(log);
        verdicts.start();

        await().atMost(PATIENCE).until(() -> logged(VerdictEvents.GAP).size() == 1);
        clock.jump(Duration.ofSeconds(30));
        awaitVerdicts(1);
        assertThat(logged(VerdictEvents.VERDICT).getFirst().message())
                .startsWith("depeg INCONCLUSIVE");
        assertThat(verdicts.statistics().absences()).isEqualTo(1);
    }

    @Test
    void shouldNotJudgeTwiceAfterARestart() {
        append(Scene.injected("t", 0, "s1"));
        append(Scene.alert("a", 5, "s1"));
        awaitVerdicts(1);
        verdicts.close();
        verdicts = started();
        append(Scene.injected("t2", 1, "s2"));
        append(Scene.alert("a2", 6, "s2"));

        awaitVerdicts(2);
        assertThat(observed).hasSize(2);
    }
}
