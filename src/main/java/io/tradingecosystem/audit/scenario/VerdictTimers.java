package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * When windows are to be judged, on record and in order. The heap has the next ones only. Those
 * that are armed with one commit are recorded in blocks, which go when all before them is over: a
 * timer that was disarmed stays on record until then, and is told by its window. For the one thread
 * that judges.
 */
final class VerdictTimers {
    private static final int MAX_NEAR = 50_000;
    private static final Duration DELETED_AT_ONCE = Duration.ofSeconds(10);

    private final StoreTransaction transaction;
    private final char table;
    private final Runnable commit;
    private final Predicate<Timer> isArmed;
    private final NavigableSet<Timer> near = new TreeSet<>();
    private final NavigableSet<Timer> fresh = new TreeSet<>();

    /** Timers from here on are on record only. */
    private Timer far = Timer.NONE;

    /** What is on record and due before was deleted. */
    private Instant deletedTo = Instant.MIN;

    private boolean recorded;

    /**
     * The timers as they were with the last commit.
     *
     * @param table where they are recorded
     * @param commit flushes and commits, so that all timers can be read
     * @param isArmed whether a timer that is on record still counts
     */
    VerdictTimers(
            StoreTransaction transaction, char table, Runnable commit, Predicate<Timer> isArmed) {
        this.transaction = transaction;
        this.table = table;
        this.commit = commit;
        this.isArmed = isArmed;
        read(Timer.FIRST);
    }

    void arm(Instant due, String verdictId) {
        Timer timer = new Timer(due, verdictId);
        fresh.add(timer);
        if (timer.compareTo(far) >= 0) {
            return;
        }
        near.add(timer);
        if (near.size() > MAX_NEAR) {
            far = near.pollLast();
        }
    }

    void disarm(Instant due, String verdictId) {
        Timer timer = new Timer(due, verdictId);
        fresh.remove(timer);
        near.remove(timer);
    }

    /** The earliest; to be asked between events only, as it may commit. */
    Optional<Timer> first() {
        while (near.isEmpty() && !far.equals(Timer.NONE)) {
            commit.run();
            Timer from = far;
            far = Timer.NONE;
            read(from);
        }
        return near();
    }

    /** The earliest of those in the heap. */
    Optional<Timer> near() {
        return near.isEmpty() ? Optional.empty() : Optional.of(near.first());
    }

    private void read(Timer from) {
        transaction.scan(
                KeyBuilder.table(table),
                TimerBlock.from(table, before(from.due())),
                (key, value) -> {
                    recorded = true;
                    List<Timer> block = TimerBlock.read(key, value);
                    Timer first = block.getFirst();
                    boolean room = near.size() < MAX_NEAR / 2 || first.compareTo(from) <= 0;
                    if (room) {
                        add(block, from);
                    } else {
                        far = first;
                    }
                    return room;
                });
        near.tailSet(far, true).clear();
    }

    /** Where a block may begin that has what is due then. */
    private static Instant before(Instant due) {
        return due.equals(Instant.MIN) ? due : due.minus(TimerBlock.SPAN);
    }

    private void add(List<Timer> block, Timer from) {
        for (Timer timer : block) {
            if (timer.compareTo(from) >= 0 && isArmed.test(timer)) {
                near.add(timer);
            }
        }
    }

    /** The ids of all windows that wait for something, the most urgent first. */
    List<String> waiting() {
        commit.run();
        NavigableSet<Timer> all = new TreeSet<>();
        transaction.scan(
                table,
                (key, value) -> {
                    TimerBlock.read(key, value).stream().filter(isArmed).forEach(all::add);
                    return true;
                });
        return all.stream().map(Timer::verdictId).toList();
    }

    /** Writes what is to be committed. */
    void flush() {
        if (recorded) {
            delete(near.isEmpty() ? far.due() : near.first().due());
        }
        for (List<Timer> block : TimerBlock.cut(fresh)) {
            put(block);
            deletedTo = earlier(deletedTo, block.getFirst().due());
            recorded = true;
        }
        fresh.clear();
    }

    /** Puts a block, with what is on record under its key, as its first was armed before. */
    private void put(List<Timer> block) {
        byte[] key = TimerBlock.key(table, block);
        NavigableSet<Timer> all = new TreeSet<>(block);
        transaction.committed(key).ifPresent(value -> all.addAll(TimerBlock.read(key, value)));
        transaction.put(key, TimerBlock.value(List.copyOf(all)));
    }

    /** Deletes what is over before the next, as soon as that is worth it. */
    private void delete(Instant next) {
        boolean all = next.equals(Instant.MAX);
        Instant over = next.minus(TimerBlock.SPAN);
        if (all || Duration.between(deletedTo, over).compareTo(DELETED_AT_ONCE) > 0) {
            byte[] end = all ? KeyBuilder.table((char) (table + 1)) : TimerBlock.from(table, over);
            transaction.deleteRange(TimerBlock.from(table, deletedTo), end);
            deletedTo = all ? Instant.MIN : over;
            recorded = !all;
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
