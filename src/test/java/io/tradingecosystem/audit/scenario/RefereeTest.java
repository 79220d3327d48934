package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The referee by itself, with the log's clock in the test's hand. */
class RefereeTest {
    private static final String EXPECTATIONS =
            """
            expectations:
              - name: depeg
                when: {type: chaos.injected}
                expect:
                  - {name: alert, event: {type: risk.alert.raised}, within: 15s, join: [scenario_id]}
                  - {name: halt, event: {type: strategy.halted}, within: 20s, join: [scenario_id],
                     after: alert, exactly: 2}
                never:
                  - {name: order, event: {type: order.placed}, within: 25s, join: [scenario_id]}
              - name: by-time
                when: {type: chaos.injected}
                expect:
                  - {name: alert, event: {type: risk.alert.raised}, within: 6s}
            """;

    /** A log, and a referee that follows it with its state in the same store. */
    private static final class Court {
        private final ManualClock clock = ManualClock.at(Scene.START.minusSeconds(60));
        private final MemoryStore store = MemoryStore.create(clock, Set.of());
        private Referee referee = opened();

        Court(String yaml) {
            Scene.definitions(yaml)
                    .forEach(
                            definition ->
                                    store.append(
                                            List.of(
                                                    VerdictEvents.EXPECTATIONS.inForce(
                                                            "test",
                                                            clock.instant(),
                                                            definition,
                                                            ""))));
            follow();
        }

        private Referee opened() {
            return Referee.of(
                    store.projection("scenario"),
                    store,
                    Scene.EXACT,
                    VerdictBounds.DEFAULT.withMaxVerdicts(1_000));
        }

        void restart() {
            referee = opened();
            follow();
        }

        void append(AuditEvent event) {
            store.append(List.of(event));
            follow();
        }

        void follow() {
            for (AuditEvent event : store.read(referee.writer().position(), 100_000)) {
                referee.accept(event);
            }
            referee.commit();
        }

        void moveTo(Instant time) {
            clock.jump(Duration.between(clock.instant(), time));
            referee.expire(time);
            referee.commit();
        }

        VerdictStoreReader reader() {
            return new VerdictStoreReader(store.projection("scenario"), store);
        }

        Verdict verdictOn(String triggerId) {
            return verdicts().stream()
                    .filter(verdict -> verdict.triggerId().equals(triggerId))
                    .findFirst()
                    .orElseThrow();
        }

        List<Verdict> verdicts() {
            return reader()
                    .verdicts(new VerdictStoreReader.Question("", "", Optional.empty(), 1_000, ""))
                    .verdicts()
                    .stream()
                    .map(verdict -> verdict.with(0, true, Duration.ZERO, Instant.EPOCH))
                    .sorted(Comparator.comparing(Verdict::id))
                    .toList();
        }
    }

    private static List<AuditEvent> chaos(Random random) {
        List<AuditEvent> events = new ArrayList<>();
        String[] types = {"risk.alert.raised", "strategy.halted", "order.placed"};
        for (int i = 0; i < 3; i++) {
            events.add(Scene.injected("t" + i, random.nextInt(10), "s" + i));
        }
        for (int i = 0; i < 14; i++) {
            String type = types[Math.min(2, random.nextInt(5) / 2)];
            events.add(
                    Scene.event("svc", type, "e" + i, random.nextInt(300) / 10.0)
                            .scenarioId("s" + random.nextInt(4))
                            .build());
        }
        return events;
    }

    @Property(tries = 150)
    void shouldGiveTheSameFinalVerdictsWhateverTheOrderOfArrival(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll long shuffle) {
        List<AuditEvent> events = chaos(new Random(seed));
        List<AuditEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(shuffle));
        Court inOrder = new Court(EXPECTATIONS);
        Court outOfOrder = new Court(EXPECTATIONS);
        events.forEach(inOrder::append);
        shuffled.forEach(outOfOrder::append);
        inOrder.moveTo(Scene.at(3600));
        outOfOrder.moveTo(Scene.at(3600));

        assertThat(outOfOrder.verdicts()).isEqualTo(inOrder.verdicts()).hasSize(6);
    }

    @Property(tries = 100)
    void shouldGiveTheSameWhenRestartedAnywhereAndWhenReplayed(
            @ForAll @IntRange(max = 1_000_000) int seed,
            @ForAll @IntRange(max = 16) int restartAt) {
        List<AuditEvent> events = new ArrayList<>(chaos(new Random(seed)));
        events.sort(Comparator.comparing(AuditEvent::occurredAt));
        Court steady = new Court(EXPECTATIONS);
        Court restarted = new Court(EXPECTATIONS);
        for (int i = 0; i < events.size(); i++) {
            AuditEvent event = events.get(i);
            steady.moveTo(event.occurredAt());
            restarted.moveTo(event.occurredAt());
            if (i == restartAt) {
                restarted.restart();
            }
            steady.append(event);
            restarted.append(event);
        }
        steady.moveTo(Scene.at(3600));
        restarted.restart();
        restarted.moveTo(Scene.at(3600));

        assertThat(restarted.verdicts()).isEqualTo(steady.verdicts());
        assertThat(restarted.reader().madeAfter(0, 1_000))
                .isEqualTo(steady.reader().madeAfter(0, 1_000));
        OfflineVerdicts.Outcome replayed =
                OfflineVerdicts.replay(steady.store, steady.store, Scene.EXACT, Instant.MAX);
        assertThat(
                        replayed.verdicts().stream()
                                .map(verdict -> verdict.with(0, true, Duration.ZERO, Instant.EPOCH))
                                .sorted(Comparator.comparing(Verdict::id))
                                .map(verdict -> VerdictJson.write(verdict).toString()))
                .isEqualTo(
                        steady.verdicts().stream()
                                .map(verdict -> VerdictJson.write(verdict).toString())
                                .toList());
    }

    @Test
    void shouldBePendingUntilAllowedLatenessIsOver() {
        Court court = new Court(Scene.DEPEG);
        court.moveTo(Scene.at(0));
        court.append(Scene.injected("t", 0, "s1"));

        court.moveTo(Scene.at(16.9));
        assertThat(court.verdicts()).extracting(Verdict::status).containsExactly(Status.PENDING);

        court.moveTo(Scene.at(17));
        assertThat(court.verdicts()).extracting(Verdict::status).containsExactly(Status.FAILED);
    }

    @Test
    void shouldAmendAVerdictWhenAnEventComesLateAndKeepBothVersions() {
        Court court = new Court(Scene.DEPEG);
        court.moveTo(Scene.at(0));
        court.append(Scene.injected("t", 0, "s1"));
        court.moveTo(Scene.at(60));
        court.append(Scene.alert("a", 10, "s1"));

        String id = court.verdicts().getFirst().id();
        assertThat(court.reader().versions(id))
                .extracting(Verdict::version, Verdict::status)
                .containsExactly(tuple(1, Status.FAILED), tuple(2, Status.PASSED));
        assertThat(court.reader().exercised().get("depeg").results())
                .containsEntry(Status.PASSED, 1L)
                .containsEntry(Status.FAILED, 0L);
    }

    @Test
    void shouldNotAmendAVerdictForOneMoreAlertOfMany() {
        Court court = new Court(Scene.DEPEG);
        court.moveTo(Scene.at(0));
        court.append(Scene.injected("t", 0, "s1"));
        for (int i = 0; i < 50; i++) {
            court.append(Scene.alert("a" + i, 1 + i / 10.0, "s1"));
        }
        court.moveTo(Scene.at(60));

        assertThat(court.reader().madeAfter(0, 10))
                .extracting(VerdictStoreReader.Made::verdict)
                .extracting(Verdict::version, Verdict::status, Verdict::isFinal)
                .containsExactly(tuple(1, Status.PASSED, false), tuple(1, Status.PASSED, true));
    }

    @Test
    void shouldListAlertsThatStandAlone() {
        Court court = new Court(Scene.DEPEG);
        court.append(Scene.alert("alone", 1, ""));
        court.append(Scene.alert("of-a-run", 1, "s1"));

        assertThat(court.reader().unexplainedAlerts(10))
                .extracting(AuditEvent::id)
                .containsExactly("alone");
    }

    @Test
    void shouldAmendWhatIsOverWhenWordOfALossComesLate() {
        Gap loss = new Gap(Scene.at(3), Scene.at(4), "the collector dropped events");
        Gap shorter = new Gap(Scene.at(3), Scene.at(3.5), "the collector dropped events");
        Court court = new Court(Scene.DEPEG);
        court.append(Scene.injected("t", 0, "s1"));
        court.moveTo(Scene.at(100));
        assertThat(court.verdicts()).extracting(Verdict::status).containsExactly(Status.FAILED);

        court.append(VerdictEvents.gap("collector", loss));
        court.append(VerdictEvents.gap("collector", shorter));

        assertThat(court.verdicts())
                .extracting(Verdict::status)
                .containsExactly(Status.INCONCLUSIVE);
        court.restart();
        court.append(Scene.event("svc", "risk.alert.raised", "late", 60).scenarioId("s1").build());
        assertThat(court.verdicts().getFirst().reason())
                .contains("dropped events from 2026-01-01T12:00:03Z to 2026-01-01T12:00:04Z");
    }

    @Test
    void shouldNotForgetALossForAThousandLaterOnes() {
        Court court = new Court(Scene.DEPEG);
        court.append(Scene.injected("t", 0, "s1"));
        for (int i = 0; i <= Gaps.MAX; i++) {
            court.append(loss(4 + 60 * i));
        }
        court.append(Scene.injected("late", 0, "s2"));
        court.append(Scene.injected("after", 25, "s3"));
        court.moveTo(Scene.at(1_000_000));

        assertThat(court.verdictOn("t").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(court.verdictOn("late").reason())
                .contains("but losses before 2026-01-01T12:00:05Z are not known any more");
        assertThat(court.verdictOn("after").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldJudgeAnewByALossFromBeforeThoseThatAreKnown() {
        Court court = new Court(Scene.DEPEG);
        court.append(Scene.injected("t", 0, "s1"));
        court.moveTo(Scene.at(60));
        assertThat(court.verdictOn("t").status()).isEqualTo(Status.FAILED);
        for (int i = 0; i <= Gaps.MAX; i++) {
            court.append(loss(50 + 60 * i));
        }

        court.append(loss(4));
        court.moveTo(Scene.at(120));

        assertThat(court.verdictOn("t").status()).isEqualTo(Status.INCONCLUSIVE);
    }

    private static AuditEvent loss(double seconds) {
        Gap gap = new Gap(Scene.at(seconds), Scene.at(seconds + 1), "the collector was full");
        return VerdictEvents.gap("collector", gap);
    }

    @Test
    void shouldJudgeByTheVersionThatWasInForceAtTheTrigger() {
        Court court = new Court(Scene.DEPEG);
        court.append(Scene.injected("t1", 0, "s1"));
        var changed = Scene.definitions(Scene.DEPEG.replace("15s", "3s")).getFirst();
        court.append(
                VerdictEvents.EXPECTATIONS.inForce(
                        "test",
                        Scene.START,
                        changed,
                        court.referee.expectations().inForce().lastEvent("depeg")));
        court.append(Scene.injected("t2", 0, "s2"));
        court.append(Scene.alert("a1", 10, "s1"));
        court.append(Scene.alert("a2", 10, "s2"));
        court.moveTo(Scene.at(3600));

        assertThat(court.verdicts())
                .extracting(Verdict::triggerId, Verdict::status)
                .containsExactlyInAnyOrder(tuple("t1", Status.PASSED), tuple("t2", Status.FAILED));
    }

    @Test
    void shouldAmendWhatWasTriggeredBeforeItsExpectationCameIntoForce() {
        Court court = new Court(Scene.DEPEG);
        court.append(Scene.injected("t", -65, "s1"));
        court.moveTo(Scene.at(30));
        assertThat(court.verdictOn("t").status()).isEqualTo(Status.FAILED);

        court.append(Scene.alert("a", -55, "s1"));

        assertThat(court.verdictOn("t").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldActOnNoWordThatADoorTook() {
        Court court = new Court(Scene.DEPEG);
        court.append(Scene.injected("t", 0, "s1"));
        court.append(loss(4).toBuilder().author(Author.DOOR).build());
        court.append(
                VerdictEvents.EXPECTATIONS
                        .withdrawal(
                                "stranger",
                                Scene.START,
                                court.referee.expectations().inForce().find("depeg").orElseThrow())
                        .toBuilder()
                        .author(Author.DOOR)
                        .build());
        court.append(Scene.injected("t2", 5, "s2"));
        court.moveTo(Scene.at(3600));

        assertThat(court.verdicts())
                .extracting(Verdict::triggerId, Verdict::status)
                .containsExactlyInAnyOrder(tuple("t", Status.FAILED), tuple("t2", Status.FAILED));
        assertThat(court.referee.writer().counters().pretended).isEqualTo(2);
    }

    @Test
    void shouldWithdrawWhatADoorHadPutInForceBefore() {
        Court court = new Court(Scene.DEPEG);
        AuditEvent forged =
                VerdictEvents.EXPECTATIONS.inForce("test", Scene.START, forgery(), "").toBuilder()
                        .author(Author.DOOR)
                        .build();
        court.append(forged);
        court.referee.expectations().put(forgery().inForceBy(forged.id()));

        court.append(Scene.semantics());

        assertThat(court.referee.expectations().inForce().all())
                .extracting(Definition::name)
                .containsExactly("depeg");
    }

    private static Definition<Expectation> forgery() {
        return Scene.definitions(Scene.DEPEG.replace("name: depeg", "name: forged")).getFirst();
    }

    @Test
    void shouldCountTheAuthorsThatAVersionBeforeDidNotCount() {
        Court court = new Court(Scene.DEPEG);
        court.append(loss(4).toBuilder().author(Author.DOOR).build());
        court.append(loss(5).toBuilder().author(Author.UNPROVEN).build());
        court.append(loss(6).toBuilder().author(Author.UNPROVEN).build());
        VerdictCounters counters = VerdictCounters.read(JsonNodeFactory.instance.objectNode());
        EarlierAuthors earlier = new EarlierAuthors(court.store, counters);

        earlier.count(court.store.lastPosition() - 1);
        earlier.count(court.store.lastPosition());

        assertThat(counters.unproven).isEqualTo(1);
        assertThat(counters.pretended).isEqualTo(1);
    }

    @Test
    void shouldActOnAnOwnWordThatIsUnproven() {
        Court court = new Court(Scene.DEPEG);
        court.append(Scene.injected("t", 0, "s1"));
        court.append(loss(4).toBuilder().author(Author.UNPROVEN).build());
        court.moveTo(Scene.at(3600));

        assertThat(court.verdictOn("t").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(court.referee.writer().counters().unproven).isEqualTo(1);
    }

    @Test
    void shouldRefuseALossThatIsNotOverForLong() {
        Instant far = Instant.parse("2200-01-01T00:00:00Z");
        Court court = new Court(Scene.DEPEG);
        court.append(VerdictEvents.gap("collector", new Gap(Scene.at(0), far, "no end")));
        court.append(Scene.injected("t", 0, "s1"));
        court.moveTo(Scene.at(3600));

        assertThat(court.verdictOn("t").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldNotTakeVerdictsForEvidence() {
        String quiet =
                """
                name: quiet
                when: {type: recovered}
                never:
                  - {name: noise, event: {type: "*", severity: warning}, within: 1m, join: [scenario_id]}
                """;
        Court court = new Court(Scene.DEPEG);
        court.append(
                VerdictEvents.EXPECTATIONS.inForce(
                        "test", Scene.START, Scene.definitions(quiet).getFirst(), ""));
        court.moveTo(Scene.at(0));
        court.append(Scene.injected("t", 0, "s1"));
        court.append(Scene.event("svc", "recovered", "r", 5).scenarioId("s1").build());
        court.moveTo(Scene.at(20));
        court.append(VerdictEvents.verdict("audit", court.verdictOn("t").withVersion(1)));
        court.append(Scene.event("svc", "recovered", "late", 10).scenarioId("s1").build());
        court.moveTo(Scene.at(3600));

        assertThat(court.verdictOn("r").status()).isEqualTo(Status.PASSED);
        assertThat(court.verdictOn("late").status()).isEqualTo(Status.PASSED);
        assertThat(
                        OfflineVerdicts.replay(court.store, court.store, Scene.EXACT, Instant.MAX)
                                .verdicts())
                .extracting(verdict -> verdict.with(0, true, Duration.ZERO, Instant.EPOCH))
                .containsExactlyInAnyOrderElementsOf(court.verdicts());
    }

    @Test
    void shouldJudgeHoweverManyExpectationsThereAre() {
        Court court = new Court(Scene.DEPEG);
        court.append(Scene.injected("t1", 0, "s1"));
        for (int i = 0; i < 1_100; i++) {
            String other = Scene.DEPEG.replace("depeg", "other-" + i).replace("chaos.", "none.");
            court.append(
                    VerdictEvents.EXPECTATIONS.inForce(
                            "test", Scene.START, Scene.definitions(other).getFirst(), ""));
        }
        court.restart();
        court.append(Scene.injected("t2", 0, "s2"));
        court.append(Scene.alert("a2", 10, "s2"));
        court.moveTo(Scene.at(3600));

        assertThat(court.verdictOn("t1").status()).isEqualTo(Status.FAILED);
        assertThat(court.verdictOn("t2").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldFindWhatCameBeforeTheWordOfItsTriggerAmongMuchElse() {
        Court court = new Court(Scene.DEPEG.replace("risk.alert.raised", "risk.*"));
        for (int i = 0; i < 20_001; i++) {
            court.store.append(List.of(Scene.event("svc", "tick", "n" + i, -30).build()));
        }
        court.append(Scene.alert("a", 1, "s1"));
        court.append(Scene.injected("t", 0, "s1"));
        court.moveTo(Scene.at(3600));

        assertThat(court.verdictOn("t").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldJudgeWhatIsSaidToBeFromBeforeTheEpoch() {
        assertThat(Scene.judge(Scene.DEPEG, Scene.injected("t", -3e9, "s1")).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void shouldKeepNoMoreOccurrencesThanAllowed() {
        Court court = new Court(Scene.DEPEG);
        for (int i = 0; i < 1_010; i++) {
            court.append(Scene.injected("t" + i, i, "s" + i));
        }
        court.moveTo(Scene.at(7200));

        assertThat(court.verdicts()).hasSize(1_000).noneMatch(v -> v.triggerId().equals("t9"));
        assertThat(court.referee.writer().counters().evicted).isEqualTo(10);
        assertThat(court.reader().runs().page(2_000, "").runs()).hasSize(1_000);
    }
}
