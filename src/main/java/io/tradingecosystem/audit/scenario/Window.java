package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.EventClock;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Completeness;
import io.tradingecosystem.audit.scenario.verdicts.Tally.Stood;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord.Standing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is kept of one occurrence.
 *
 * @param opened its place in the order of opening
 * @param role of what it is
 * @param expectation the expectation's name
 * @param expectationVersion the version in force when the trigger was recorded
 * @param firstJoin the number of the join of its first part; {@link #OF_OLD} if it was opened under
 *     other semantics
 * @param occurrence the trigger
 * @param keys what effects of each part must share; empty where the trigger lacks a key
 * @param standing how the verdict stands
 * @param verdict the newest verdict as it was made, of version 0 while pending
 * @param due when to judge again if nothing comes; absent when all windows are over
 * @param fellDue when it was due last
 */
record Window(
        long opened,
        WindowRole role,
        String expectation,
        String expectationVersion,
        int firstJoin,
        Occurrence occurrence,
        List<Optional<JoinHash>> keys,
        Standing standing,
        KeptVerdict verdict,
        Optional<Instant> due,
        Optional<Instant> fellDue) {
    static final int OF_OLD = -1;

    private static final int DUE = 1;
    private static final int FELL_DUE = 2;
    private static final int VALUES = 16;

    Window {
        keys = List.copyOf(keys);
    }

    String verdictId() {
        return occurrence.verdictId();
    }

    Window opened(long number) {
        return new Window(
                number,
                role,
                expectation,
                expectationVersion,
                firstJoin,
                occurrence,
                keys,
                standing,
                verdict,
                due,
                fellDue);
    }

    /** The verdict as it stands. */
    Verdict current() {
        return verdict.get().asFinal(standing.isFinal());
    }

    /** What it stands at; a verdict that nothing was told of yet is not read for it. */
    Stood stood() {
        boolean judged = standing.status() != Status.PENDING;
        return new Stood(standing.status(), judged && Completeness.isComplete(current()));
    }

    /** The same with another verdict, or with one that stands otherwise now. */
    Window judged(Verdict newVerdict, boolean stale, Optional<Instant> newDue) {
        Standing now =
                new Standing(
                        newVerdict.version(), newVerdict.status(), newVerdict.isFinal(), stale);
        boolean made = now.version() == 0 || now.version() != standing.version();
        return standing(now, made ? KeptVerdict.of(newVerdict) : verdict, newDue);
    }

    /** The same of a run whose first trigger is another now. */
    Window begun(Occurrence first) {
        return new Window(
                opened,
                role,
                expectation,
                expectationVersion,
                firstJoin,
                first,
                keys,
                standing,
                verdict,
                due,
                fellDue);
    }

    /** The same, with a verdict that is final now or is not over yet. */
    Window due(boolean nowFinal, Optional<Instant> newDue) {
        Standing now =
                new Standing(standing.version(), standing.status(), nowFinal, standing.stale());
        return standing(now, verdict, newDue);
    }

    /** The same, to be judged by what the store has. */
    Window ofOld() {
        return new Window(
                opened,
                role,
                expectation,
                expectationVersion,
                OF_OLD,
                occurrence,
                keys,
                standing,
                verdict,
                due,
                fellDue);
    }

    private Window standing(Standing now, KeptVerdict newVerdict, Optional<Instant> newDue) {
        boolean over = due.isPresent() && !due.equals(newDue);
        return new Window(
                opened,
                role,
                expectation,
                expectationVersion,
                firstJoin,
                occurrence,
                keys,
                now,
                newVerdict,
                newDue,
                over ? due : fellDue);
    }

    /** The same, small enough to be held by the thousands. */
    Window packed() {
        return standing(standing, verdict.packed(), due);
    }

    /** Whether both would be kept alike. */
    boolean saysTheSameAs(Window other) {
        return standing.equals(other.standing)
                && due.equals(other.due)
                && (standing.version() > 0 || verdict.get().equals(other.verdict.get()));
    }

    byte[] bytes() {
        ByteWriter head =
                new ByteWriter(256)
                        .varint(opened)
                        .text(expectation)
                        .text(expectationVersion)
                        .varint(firstJoin + 1)
                        .varint(occurrence.position())
                        .text(occurrence.scenarioId())
                        .text(occurrence.triggerId())
                        .number(occurrence.trigger().at());
        occurrence.trigger().write(head);
        head.count(keys.size());
        for (Optional<JoinHash> key : keys) {
            head.octet(key.isPresent() ? 1 : 0);
            key.ifPresent(hash -> head.number(hash.high()).number(hash.low()));
        }
        Map<String, String> values = new TreeMap<>(occurrence.values());
        head.octet(
                (due.isPresent() ? DUE : 0)
                        | (fellDue.isPresent() ? FELL_DUE : 0)
                        | (values.isEmpty() ? 0 : VALUES)
                        | role.flags());
        due.ifPresent(at -> head.number(Times.toEpochNanos(at)));
        fellDue.ifPresent(at -> head.number(Times.toEpochNanos(at)));
        if (!values.isEmpty()) {
            head.count(values.size());
            values.forEach((name, value) -> head.text(name).text(value));
        }
        return WindowRecord.of(standing, head, verdict.bytes());
    }

    /**
     * Reads what {@link #bytes} wrote, in this version or another.
     *
     * @param verdict the last version of the verdict
     */
    static Window read(String verdictId, byte[] bytes, KeptVerdict verdict) {
        return WindowRecord.head(bytes)
                .map(in -> read(verdictId, in, WindowRecord.standing(bytes), verdict))
                .orElseGet(() -> ofOld(JsonRecord.read(bytes), verdict));
    }

    private static Window read(
            String verdictId, ByteReader in, Standing standing, KeptVerdict verdict) {
        long opened = in.varint();
        String expectation = in.text();
        String version = in.text();
        int firstJoin = (int) in.varint() - 1;
        long position = in.varint();
        String scenarioId = in.text();
        JoinedEvent trigger = JoinedEvent.read(in.text(), in.number(), in);
        List<Optional<JoinHash>> keys = new ArrayList<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            boolean there = in.octet() == 1;
            keys.add(
                    there ? Optional.of(new JoinHash(in.number(), in.number())) : Optional.empty());
        }
        int times = in.octet();
        Optional<Instant> due = time(in, (times & DUE) != 0);
        Optional<Instant> fellDue = time(in, (times & FELL_DUE) != 0);
        Map<String, String> values = (times & VALUES) == 0 ? Map.of() : values(in);
        Occurrence occurrence = new Occurrence(verdictId, trigger, position, scenarioId, values);
        return new Window(
                opened,
                WindowRole.ofFlags(times),
                expectation,
                version,
                firstJoin,
                occurrence,
                keys,
                standing,
                verdict,
                due,
                fellDue);
    }

    private static Map<String, String> values(ByteReader in) {
        Map<String, String> values = new TreeMap<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            values.put(in.text(), in.text());
        }
        return values;
    }

    private static Optional<Instant> time(ByteReader in, boolean there) {
        return there ? Optional.of(Times.ofEpochNanos(in.number())) : Optional.empty();
    }

    /** A window as semantics 1 kept it; which clock stamped its trigger was not kept. */
    private static Window ofOld(JsonNode node, KeptVerdict kept) {
        Verdict verdict = kept.get();
        JoinedEvent trigger =
                new JoinedEvent(
                        verdict.triggerId(),
                        "",
                        Times.toEpochNanos(verdict.triggeredAt()),
                        Times.toEpochNanos(JsonRecord.time(node, "recorded_at")),
                        new EventClock("", "unknown"));
        Optional<Instant> due =
                Optional.ofNullable(node.get("due")).map(at -> JsonRecord.time(node, "due"));
        return new Window(
                node.required("opened").longValue(),
                WindowRole.TRIGGER,
                JsonRecord.text(node, "expectation"),
                JsonRecord.text(node, "expectation_version"),
                OF_OLD,
                new Occurrence(verdict.id(), trigger, 0, verdict.scenarioId()),
                List.of(),
                Standing.of(verdict.asFinal(due.isEmpty())),
                kept,
                due,
                Optional.empty());
    }
}
