package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.topology.Change.What;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The topology as it is, and the last steps that led to it. Its snapshots are numbered from 1, one
 * for each step. The number of steps that are kept is bounded. Immutable.
 */
final class History {
    static final int MAX_CHANGES = 4_096;

    private static final Pattern NUMBER = Pattern.compile("(.*)-(\\d{10,18})");

    private final String run;
    private final Structure structure;
    private final Instant at;
    private final long number;
    private final List<Change> changes;

    private History(
            String run, Structure structure, Instant at, long number, List<Change> changes) {
        this.run = run;
        this.structure = structure;
        this.at = at;
        this.number = number;
        this.changes = List.copyOf(changes);
    }

    /** One of nothing, of a log and of a run that begins at a time. */
    static History begin(String log, Instant at) {
        String run = String.format(Locale.ROOT, "%012x-%s", at.toEpochMilli(), log);
        return new History(run, Structure.EMPTY, at, 1, List.of());
    }

    /** The same with what is so now. */
    History and(Structure now, Instant time) {
        List<Change> all = new ArrayList<>(changes);
        long last = number;
        for (What step : Differences.between(structure, now)) {
            last++;
            all.add(new Change(last, time, step));
        }
        int surplus = Math.max(0, all.size() - MAX_CHANGES);
        return new History(run, now, time, last, all.subList(surplus, all.size()));
    }

    Structure structure() {
        return structure;
    }

    /** When it was seen so. */
    Instant at() {
        return at;
    }

    long number() {
        return number;
    }

    /** The id of a snapshot; later ones, of later runs too, sort behind. */
    String id(long snapshot) {
        return String.format(Locale.ROOT, "%s-%010d", run, snapshot);
    }

    /** The number of a snapshot of this run that can be gone on from. */
    OptionalLong number(String id) {
        Matcher matcher = NUMBER.matcher(id);
        if (!matcher.matches() || !matcher.group(1).equals(run)) {
            return OptionalLong.empty();
        }
        long asked = Long.parseLong(matcher.group(2));
        boolean known = asked >= number - changes.size() && asked <= number && id.equals(id(asked));
        return known ? OptionalLong.of(asked) : OptionalLong.empty();
    }

    /** The steps behind a snapshot, or all of the topology if these are not kept any more. */
    List<Change> after(long snapshot) {
        if (snapshot < number - changes.size()) {
            return Differences.whole(structure).stream()
                    .map(step -> new Change(number, at, step))
                    .toList();
        }
        int kept = (int) Math.max(0, number - snapshot);
        return changes.subList(changes.size() - kept, changes.size());
    }
}
