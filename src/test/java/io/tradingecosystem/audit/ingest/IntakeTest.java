package io.tradingecosystem.audit.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.access.Limits;
import io.tradingecosystem.audit.api.events.IngestStatus;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.ingest.Receipt.Outcome;
import io.tradingecosystem.audit.store.FaultyLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

@Timeout(60)
class IntakeTest {
    private static final Limits UNLIMITED =
            Limits.create(TestSettings.of(Map.of()).access().limits(), System::nanoTime);

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final ManualClock clock = ManualClock.at(NOW);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private final FaultyLog log = new FaultyLog(store);
    private final Map<String, Long> lags = new HashMap<>();
    private Intake intake = intake(Map.of());

    private Intake intake(Map<String, String> changes) {
        return Intake.create(
                TestSettings.of(changes).ingest(),
                log,
                lags::put,
                new Time(clock, System::nanoTime));
    }

    @AfterEach
    void shouldHaveBooksThatBalance() {
        assertThat(intake.bytesInFlight()).isZero();
        assertThat(intake.ledger().entries())
                .allSatisfy(entry -> assertThat(entry.inFlight()).as("%s", entry).isZero());
    }

    private static AuditEventBuilder event(String id) {
        return AuditEvent.builder("risk-monitor", "risk.alert.raised").id(id).occurredAt(NOW);
    }

    private static Candidate draft(AuditEventBuilder event) {
        return new Candidate.Draft(event);
    }

    private List<Receipt> take(Candidate... candidates) {
        return intake.take(Door.HTTP, List.of(candidates));
    }

    private Ledger.Entry only() {
        assertThat(intake.ledger().entries()).hasSize(1);
        return intake.ledger().entries().getFirst();
    }

    @Test
    void shouldGiveOneReceiptPerCandidateInOrder() {
        List<Receipt> receipts =
                take(
                        draft(event("a")),
                        draft(event("").type("")),
                        draft(event("a")),
                        draft(event("a").message("other")),
                        new Candidate.Unreadable(
                                "x",
                                "risk-monitor",
                                new EventProblem(Reason.BAD_FIELD, "links is to be an array")));

        assertThat(receipts)
                .extracting(Receipt::outcome)
                .containsExactly(
                        Outcome.STORED,
                        Outcome.REJECTED,
                        Outcome.DUPLICATE,
                        Outcome.CONFLICT,
                        Outcome.REJECTED);
        assertThat(receipts).extracting(Receipt::position).containsExactly(1L, 0L, 1L, 1L, 0L);
        assertThat(receipts.get(1).problem().orElseThrow().text()).contains("type is required");
        assertThat(receipts.get(3).note()).contains("another event with this id");
        assertThat(receipts.get(4).id()).isEqualTo("x");
        Ledger.Entry entry = only();
        assertThat(entry.received()).isEqualTo(5);
        assertThat(entry.stored()).isEqualTo(1);
        assertThat(entry.duplicate()).isEqualTo(1);
        assertThat(entry.conflict()).isEqualTo(1);
        assertThat(entry.rejected()).isEqualTo(Map.of("MISSING_FIELD", 1L, "BAD_FIELD", 1L));
    }

    @Test
    void shouldGiveAnIdWhereThereIsNoneAndStoreTwiceWhatCannotBeRecognised() {
        List<Receipt> receipts = take(draft(event("")), draft(event("")));

        assertThat(receipts).allSatisfy(receipt -> assertThat(receipt.id()).hasSize(36));
        assertThat(store.lastPosition()).isEqualTo(2);
    }

    @Test
    void shouldBookWhatABusyLogDidNotTakeAndLetTheSenderTryAgain() {
        log.busy(1);
        Candidate malformed =
                new Candidate.Unreadable("", "", new EventProblem(Reason.MALFORMED, "not JSON"));

        assertThatThrownBy(() -> take(draft(event("a")), malformed))
                .isInstanceOf(LogBusyException.class);
        assertThat(take(draft(event("a"))).getFirst().outcome()).isEqualTo(Outcome.STORED);

        assertThat(intake.ledger().entries())
                .extracting(Ledger.Entry::source, Ledger.Entry::received, Ledger.Entry::rejected)
                .containsExactlyInAnyOrder(
                        tuple("risk-monitor", 2L, Map.of("BUSY", 1L)),
                        tuple("unknown", 1L, Map.of("MALFORMED", 1L)));
    }

    @Test
    void shouldWaitForABusyLogWithPatience() {
        log.busy(3);

        List<Receipt> receipts =
                intake.take(Door.HTTP, List.of(draft(event("a"))), 9, Duration.ofSeconds(30));

        assertThat(receipts.getFirst().outcome()).isEqualTo(Outcome.STORED);
        assertThat(log.appends()).isEqualTo(4);
        assertThat(only().received()).isEqualTo(1);
        assertThat(only().rejected()).isEmpty();
    }

    @Test
    void shouldBookEveryWayInWhichALogMayFail() {
        log.unavailable(1);
        assertThatThrownBy(() -> take(draft(event("a"))))
                .isInstanceOf(LogUnavailableException.class);
        log.fail(1, () -> new IllegalStateException("a bug"));
        assertThatThrownBy(() -> take(draft(event("a")))).hasMessage("a bug");
        intake = intake(Map.of("ingest.max-batch", "1"));
        assertThatThrownBy(() -> take(draft(event("a")), draft(event("b"))))
                .isInstanceOf(BatchTooLargeException.class)
                .hasMessage("A batch of 2 events is over the limit of 1.");
        assertThat(only().rejected()).isEqualTo(Map.of("BATCH_SIZE", 2L));
        assertThat(store.lastPosition()).isZero();
    }

    @Test
    void shouldRefuseWhatWouldBeTooMuchOnTheWay() {
        intake = intake(Map.of("ingest.max-in-flight", "1MiB"));
        log.stall();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String id = "large-" + i;
            senders.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        AuditEventBuilder event = event(id);
                                        for (int a = 0; a < 4; a++) {
                                            event.attribute("text" + a, "x".repeat(50_000));
                                        }
                                        take(draft(event));
                                    }));
            int expected = i + 1;
            await().until(() -> log.waiting() == expected);
        }
        assertThat(intake.bytesInFlight()).isGreaterThan(1_000_000);

        assertThatThrownBy(() -> take(draft(event("a").attribute("text", "x".repeat(60_000)))))
                .isInstanceOf(LogBusyException.class)
                .hasMessageContaining("1048576 bytes");
        assertThat(intake.ledger().entries().getFirst().inFlight()).isEqualTo(5);

        log.resume();
        await().until(() -> store.lastPosition() == 5);
        await().until(() -> intake.ledger().entries().getFirst().inFlight() == 0);
        assertThat(only().rejected()).isEqualTo(Map.of("BUSY", 1L));
    }

    @Test
    void shouldKeepTheBooksOfManySendersAtOnce() throws InterruptedException {
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 8; sender++) {
            Door door = Door.values()[sender % Door.values().length];
            senders.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0; i < 500; i++) {
                                            intake.take(
                                                    door,
                                                    List.of(
                                                            draft(event("e" + i)),
                                                            draft(event("").service(""))));
                                        }
                                    }));
        }
        for (Thread sender : senders) {
            sender.join();
        }

        IngestStatus.Counts total = IngestStatus.of(intake, UNLIMITED).total();
        assertThat(total.received()).isEqualTo(8_000);
        assertThat(total.stored()).isEqualTo(500);
        assertThat(total.duplicate()).isEqualTo(3_500);
        assertThat(total.rejected()).isEqualTo(Map.of("MISSING_FIELD", 4_000L));
        assertThat(total.inFlight()).isZero();
    }

    @Test
    void shouldBoundTheSourcesAndTypesItTellsApart() {
        for (int i = 0; i < 300; i++) {
            take(draft(event("s" + i).service("service-" + i)));
            take(draft(event("t" + i).service("service-0").type("type-" + i)));
        }

        assertThat(intake.ledger().entries()).hasSize(Ledger.MAX_SOURCES + 1);
        assertThat(IngestStatus.of(intake, UNLIMITED).total().stored()).isEqualTo(600);
        Map<List<String>, Long> stored = intake.ledger().storedByType();
        assertThat(stored).containsEntry(List.of("service-0", "other"), 201L);
        assertThat(stored.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(600);
    }

    @Test
    void shouldMeasureTheLagOfEventsWithATimeOfTheirOwn() {
        clock.jump(Duration.ofSeconds(3));

        take(draft(event("a")), draft(event("b").service("x").occurredAt(Instant.EPOCH)));

        assertThat(lags).isEqualTo(Map.of("risk-monitor", 3_000_000_000L));
    }

    @Test
    void shouldKnowTheNamesOfTheSettingsBesideTheUsualOnes() {
        Map<String, List<String>> merged =
                IngestRules.merged(
                        Map.of("order_id", List.of("orderId", "nr"), "symbol", List.of("ticker")),
                        Map.of("order_id", List.of("orderNumber"), "trade_id", List.of("nr")));

        assertThat(merged)
                .isEqualTo(
                        Map.of(
                                "order_id", List.of("orderId", "orderNumber"),
                                "symbol", List.of("ticker"),
                                "trade_id", List.of("nr")));
    }
}
