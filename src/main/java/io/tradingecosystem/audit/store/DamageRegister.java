package io.tradingecosystem.audit.store;

import org.rocksdb.RocksDBException;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What readers found damaged since the database was opened, the first of it. Thread-safe. */
final class DamageRegister {
    private static final int MAX = 100;
    private static final Pattern FILE = Pattern.compile("([0-9]{6,}\\.(?:sst|log))");

    /** What the operating system says of a bad sector, and of a file that is gone. */
    private static final List<String> FAULTS =
            List.of("Input/output error", "No such file or directory");

    private final int max;
    private volatile List<Damage> found = List.of();

    /** One that keeps the first of what it hears. */
    DamageRegister() {
        this(MAX);
    }

    private DamageRegister(int max) {
        this.max = max;
    }

    /** One that keeps all. */
    static DamageRegister unbounded() {
        return new DamageRegister(Integer.MAX_VALUE);
    }

    /** Whether a failure means that what is on the disk is not what was written. */
    static boolean isDamage(RocksDBException e) {
        if (e.getStatus() == null) {
            return false;
        }
        return switch (e.getStatus().getCode()) {
            case Corruption -> true;
            case IOError -> FAULTS.stream().anyMatch(String.valueOf(e.getMessage())::contains);
            default -> false;
        };
    }

    /** What keeps a log from being opened. */
    static Damage of(StoreException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        Matcher file = FILE.matcher(String.valueOf(e.getMessage()));
        String reason = String.valueOf(cause.getMessage());
        return new Damage(file.find() ? file.group(1) : "", 0, 0, reason);
    }

    /** What a failure of that kind says. */
    static Damage of(RocksDBException e) {
        String reason = String.valueOf(e.getMessage());
        Matcher file = FILE.matcher(reason);
        String name = file.find() ? file.group(1) : "";
        return e instanceof UnreadableEventsException events
                ? new Damage(name, events.from(), events.to(), reason)
                : new Damage(name, 0, 0, reason);
    }

    /** Notes it, unless it is known. */
    synchronized void note(Damage damage) {
        if (found.size() < max && found.stream().noneMatch(known -> known.covers(damage))) {
            List<Damage> more = new ArrayList<>(found);
            more.removeIf(damage::covers);
            more.add(damage);
            found = List.copyOf(more);
        }
    }

    List<Damage> found() {
        return found;
    }

    synchronized void forget() {
        found = List.of();
    }
}
