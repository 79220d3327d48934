package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was counted of a run for one expectation. All of it but {@link #changed} is the same in
 * whatever order the events came. Times are nanoseconds since the epoch. For one thread.
 */
public final class RunState {
    private static final int FORMAT = 1;
    private static final int ENDED = 1;

    // Their order is part of the format.
    private static final List<Status> STATUSES =
            List.of(Status.PASSED, Status.FAILED, Status.PENDING, Status.INCONCLUSIVE);

    private final String verdictId;
    private final String expectation;
    private final String version;
    private final String scenarioId;
    private final Map<Status, Long> outcomes = new EnumMap<>(Status.class);
    private final RunUnknowns unknowns = new RunUnknowns();

    private Optional<JoinedEvent> first = Optional.empty();
    private long firstPosition;
    private long lastAt = Long.MIN_VALUE;
    private long heard = Long.MIN_VALUE;
    private OptionalLong endAt = OptionalLong.empty();
    private long changed = Long.MIN_VALUE;
    private final List<Measured> measured = new ArrayList<>();

    /** A run of which nothing came yet. */
    public RunState(String verdictId, String expectation, String version, String scenarioId) {
        this.verdictId = verdictId;
        this.expectation = expectation;
        this.version = version;
        this.scenarioId = scenarioId;
    }

    /** The id of the run's verdict. */
    public String verdictId() {
        return verdictId;
    }

    /** The expectation's name. */
    public String expectation() {
        return expectation;
    }

    /** The expectation's version. */
    public String version() {
        return version;
    }

    /** The run, or empty for all that is of none. */
    public String scenarioId() {
        return scenarioId;
    }

    /** Counts a trigger, which is not judged yet. */
    public void opened(JoinedEvent trigger, long position) {
        add(Status.PENDING, 1);
        occurred(trigger, position);
    }

    /** Notes a trigger that nothing follows. */
    public void occurred(JoinedEvent trigger, long position) {
        if (first.filter(known -> JoinedEvent.ORDER.compare(known, trigger) <= 0).isEmpty()) {
            first = Optional.of(trigger);
            firstPosition = position;
        }
        lastAt = Math.max(lastAt, trigger.at());
        heard = Math.max(heard, trigger.recordedAt());
    }

    /** Counts that an occurrence stands at something else. */
    public void moved(Status before, Status after) {
        add(before, -1);
        add(after, 1);
    }

    private void add(Status status, long more) {
        outcomes.merge(status, more, Long::sum);
    }

    /** Takes in an event that ends the run; the first of them does. */
    public void ended(JoinedEvent end) {
        endAt = OptionalLong.of(Math.min(end.at(), endAt.orElse(Long.MAX_VALUE)));
        heard = Math.max(heard, end.recordedAt());
    }

    /** Notes when it was amended, by the log's clock. */
    public void changed(long now) {
        changed = Math.max(changed, now);
    }

    /** What was measured so far. */
    public Measured measured(int measure) {
        return measure < measured.size() ? measured.get(measure) : Measured.NONE;
    }

    /** Replaces what was measured. */
    public void measured(int measure, Measured now) {
        while (measured.size() <= measure) {
            measured.add(Measured.NONE);
        }
        measured.set(measure, now);
    }

    /** What of it is not known. */
    public RunUnknowns unknowns() {
        return unknowns;
    }

    /** How many occurrences stand at a status. */
    public long count(Status status) {
        return outcomes.getOrDefault(status, 0L);
    }

    /** How many occurrences there are. */
    public long total() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The first trigger, by time and id; empty while none came. */
    public Optional<JoinedEvent> first() {
        return first;
    }

    /** Where that stands in the log. */
    public long firstPosition() {
        return firstPosition;
    }

    /** When the last trigger occurred. */
    public long lastAt() {
        return lastAt;
    }

    /** When the last of its triggers and ends was recorded. */
    public long heard() {
        return heard;
    }

    /** When the event occurred that ended it; empty while none came. */
    public OptionalLong endAt() {
        return endAt;
    }

    /** When it was amended last. */
    public long changed() {
        return changed;
    }

    /** As it is kept. */
    public byte[] bytes() {
        ByteWriter out = new ByteWriter(192).octet(FORMAT);
        out.text(expectation).text(version).text(scenarioId);
        for (Status each : STATUSES) {
            out.varint(count(each));
        }
        out.number(lastAt).number(heard).number(changed);
        unknowns.writeCounts(out);
        out.octet(unknowns.flags() | (endAt.isPresent() ? ENDED : 0)).number(endAt.orElse(0));
        unknowns.writeAnew(out);
        out.octet(first.isPresent() ? 1 : 0);
        first.ifPresent(trigger -> write(out, trigger));
        out.count(measured.size());
        measured.forEach(each -> each.write(out));
        return out.bytes();
    }

    private void write(ByteWriter out, JoinedEvent trigger) {
        out.varint(firstPosition).text(trigger.id()).number(trigger.at());
        trigger.write(out);
    }

    /** Reads what {@link #bytes} wrote. */
    public static RunState read(String verdictId, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.octet();
        RunState state = new RunState(verdictId, in.text(), in.text(), in.text());
        for (Status each : STATUSES) {
            state.add(each, in.varint());
        }
        state.readTimes(in);
        if (in.octet() == 1) {
            state.firstPosition = in.varint();
            state.first = Optional.of(JoinedEvent.read(in.text(), in.number(), in));
        }
        for (int left = in.count(); left > 0; left--) {
            state.measured.add(Measured.read(in));
        }
        return state;
    }

    private void readTimes(ByteReader in) {
        lastAt = in.number();
        heard = in.number();
        changed = in.number();
        unknowns.readCounts(in);
        int flags = in.octet();
        long end = in.number();
        endAt = (flags & ENDED) != 0 ? OptionalLong.of(end) : OptionalLong.empty();
        unknowns.readAnew(flags, in);
    }
}
