package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.MemoryStore;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Final verdicts make room for others by when their windows ended, whoever was final first. */
class EvictionOrderTest {
    private static final String RUNS =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 5s, join: [scenario_id]}]
            run: {silence: 30s}
            """;
    private static final String TRIGGERS =
            """
            name: y
            when: {type: u}
            expect: [{name: e, event: {type: e}, within: 40s, join: [scenario_id]}]
            """;

    /** A log of which all is recorded at one time, and the referees that follow it. */
    private static final class Court {
        private final MemoryStore store = MemoryStore.create(() -> Scene.START, Set.of());
        private final int kept;
        private Referee referee;

        Court(int kept) {
            this.kept = kept;
            this.referee = follow("live");
            Hearing hearing = new Hearing();
            hearing.define(RUNS);
            hearing.define(TRIGGERS);
            add(hearing.store().read(0, 100));
        }

        Referee follow(String projection) {
            return Referee.of(
                    store.projection(projection),
                    store,
                    Scene.EXACT,
                    new VerdictBounds(kept, 1_000, 1_000, 1_000, 20_000));
        }

        void add(List<AuditEvent> events) {
            store.append(events);
            hear(referee);
        }

        void hear(Referee follower) {
            store.read(follower.writer().position(), 1_000).forEach(follower::accept);
            follower.commit();
        }

        void expire(double seconds) {
            referee.expire(Scene.at(seconds));
            referee.commit();
        }

        void restart() {
            referee = follow("live");
        }

        /** Writes what is final as an earlier version did: in the order in which it became so. */
        void asOfBefore(List<String> verdictIds) {
            StoreTransaction transaction = new StoreTransaction(store.projection("live"));
            transaction.deleteRange(KeyBuilder.table('T'), KeyBuilder.table('V'));
            transaction.put(
                    KeyBuilder.of('Q').number(verdictIds.size() - 1).bytes(),
                    VerdictKeys.octets(verdictIds));
            transaction.commit(transaction.position());
        }

        List<String> kept(String projection) {
            return new VerdictStoreReader(store.projection(projection), store)
                    .all().stream()
                            .filter(Verdict::isFinal)
                            .map(verdict -> verdict.expectation() + " " + verdict.scenarioId())
                            .sorted()
                            .toList();
        }

        String version() {
            return referee.expectations().inForce().find("x").orElseThrow().version();
        }
    }

    private record Occurring(int run, boolean ofRun, int second) {
        String name() {
            return (ofRun ? "x " : "y ") + id();
        }

        String id() {
            return ofRun ? "run-" + run : "one-" + run + "-" + second;
        }

        AuditEvent event() {
            return event(ofRun ? "t" : "u", id(), second);
        }

        private static AuditEvent event(String type, String run, double occurred) {
            return Scene.event("desk", type, type + "-" + run + "-" + occurred, occurred)
                    .scenarioId(run)
                    .build();
        }

        double end() {
            return second + (ofRun ? 30 : 40);
        }

        String verdictId(String version) {
            return ofRun
                    ? RunVerdicts.verdictId("x", version, id())
                    : Occurrence.verdictId("y", event().id());
        }
    }

    @Provide
    Arbitrary<List<Occurring>> occurrences() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 60))
                .as(Occurring::new)
                .list()
                .ofMaxSize(30)
                .map(list -> list.stream().distinct().toList());
    }

    @Property(tries = 40)
    void shouldKeepTheSameInWhateverOrderEventsCome(
            @ForAll("occurrences") List<Occurring> occurring,
            @ForAll @IntRange(min = 1, max = 8) int kept,
            @ForAll Random random) {
        Court court = new Court(kept);
        List<AuditEvent> events = new ArrayList<>();
        occurring.forEach(each -> events.add(each.event()));
        Collections.shuffle(events, random);
        court.add(events);
        for (int second = 0; second < 120; second += 1 + random.nextInt(20)) {
            court.expire(second);
            court.restart();
        }
        court.expire(120);
        Referee anew = court.follow("anew");
        court.hear(anew);
        anew.expire(Scene.at(120));
        anew.commit();

        List<String> expected = expected(occurring, court.version(), kept);
        assertThat(court.kept("live")).isEqualTo(expected);
        assertThat(court.kept("anew")).isEqualTo(expected);
    }

    /** What was on its way to the disk when a run fell due opens it again, live only. */
    @Test
    void shouldKeepTheSameWhicheverCameFirstATimerOrAnEvent() {
        Court court = new Court(1);
        court.add(List.of(new Occurring(1, true, 0).event(), new Occurring(2, true, 1).event()));
        court.expire(32.5);
        court.add(List.of(Occurring.event("e", "run-1", 0.5)));
        court.expire(120);
        Referee anew = court.follow("anew");
        court.hear(anew);
        anew.expire(Scene.at(120));
        anew.commit();

        assertThat(court.kept("live")).containsExactly("x run-2");
        assertThat(court.kept("anew")).containsExactly("x run-2");
    }

    @Test
    void shouldReadWhatEarlierVersionsKept() {
        Court court = new Court(3);
        List<Occurring> all = List.of(one(5), one(3), one(1), new Occurring(9, true, 2));
        court.add(all.stream().map(Occurring::event).toList());
        court.expire(44.5);
        assertThat(court.kept("live")).containsExactly("x run-9", "y one-0-1");
        court.asOfBefore(List.of(all.get(3).verdictId(court.version()), all.get(2).verdictId("")));
        court.restart();
        court.expire(120);

        assertThat(court.kept("live")).containsExactly("y one-0-1", "y one-0-3", "y one-0-5");
        assertThat(court.referee.writer().counters().evicted).isEqualTo(1);
        court.restart();
        court.add(List.of(new Occurring(8, true, 200).event()));
        court.expire(300);
        assertThat(court.kept("live")).containsExactly("x run-8", "y one-0-3", "y one-0-5");
    }

    private static Occurring one(int second) {
        return new Occurring(0, false, second);
    }

    private static List<String> expected(List<Occurring> occurring, String version, int kept) {
        TreeMap<String, Occurring> last = new TreeMap<>();
        occurring.forEach(
                each -> last.merge(each.name(), each, (a, b) -> a.second() > b.second() ? a : b));
        List<Occurring> inOrder = new ArrayList<>(last.values());
        inOrder.sort(
                Comparator.comparingDouble(Occurring::end)
                        .thenComparing(each -> each.verdictId(version)));
        int gone = Math.max(0, inOrder.size() - kept);
        return inOrder.subList(gone, inOrder.size()).stream()
                .map(Occurring::name)
                .sorted()
                .toList();
    }
}
