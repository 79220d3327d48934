package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The occurrences of runs that did not pass, on disk in the order of time and id, those that failed
 * before those that cannot be told. What changed since the last commit is in the heap. For one
 * thread.
 */
public final class Offenders {
    /** So many of a run are named. */
    public static final int MAX_OFFENDERS = 100;

    private static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    private final StoreTransaction transaction;
    private final TreeMap<byte[], Optional<Offender>> changed = new TreeMap<>(ORDER);

    public Offenders(StoreTransaction transaction) {
        this.transaction = transaction;
    }

    /** Keeps one that stands at a status; what passed, or is open, is none. */
    public void add(String run, Status status, Offender offender) {
        if (isKept(status)) {
            changed.put(key(run, status, offender), Optional.of(offender));
        }
    }

    /** Forgets one that stood at a status. */
    public void remove(String run, Status status, Offender offender) {
        if (isKept(status)) {
            changed.put(key(run, status, offender), Optional.empty());
        }
    }

    /** Forgets all of a run. */
    public void removeAll(String run) {
        byte[] prefix = VerdictKeys.offenders(run);
        changed.subMap(prefix, VerdictKeys.behindAll(prefix)).clear();
        transaction.deleteRange(prefix, VerdictKeys.behindAll(prefix));
    }

    private static boolean isKept(Status status) {
        return status == Status.FAILED || status == Status.INCONCLUSIVE;
    }

    /** The first that stand at a status, at most {@link #MAX_OFFENDERS}. */
    public List<Offender> first(String run, Status status) {
        byte[] prefix = prefix(run, status);
        SortedMap<byte[], Optional<Offender>> fresh =
                changed.subMap(prefix, VerdictKeys.behindAll(prefix));
        TreeMap<byte[], Offender> all = new TreeMap<>(ORDER);
        fresh.forEach((key, one) -> one.ifPresent(each -> all.put(key, each)));
        int[] stored = {0};
        transaction.scan(
                prefix,
                prefix,
                (key, value) -> {
                    if (!fresh.containsKey(key)) {
                        all.put(key, Offender.read(value));
                        stored[0]++;
                    }
                    return stored[0] < MAX_OFFENDERS;
                });
        return all.values().stream().limit(MAX_OFFENDERS).toList();
    }

    /** Writes what is to be committed. */
    public void flush() {
        changed.forEach(
                (key, one) ->
                        one.ifPresentOrElse(
                                each -> transaction.put(key, each.bytes()),
                                () -> transaction.delete(key)));
        changed.clear();
    }

    private static byte[] key(String run, Status status, Offender offender) {
        return KeyBuilder.behind(prefix(run, status))
                .time(offender.trigger().at())
                .text(offender.trigger().id())
                .bytes();
    }

    private static byte[] prefix(String run, Status status) {
        return KeyBuilder.behind(VerdictKeys.offenders(run))
                .text(status == Status.FAILED ? "F" : "U")
                .bytes();
    }
}
