package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.settings.StoreSettings;

import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes a log of what can be read of a damaged one. Events are copied as they are stored; their
 * indexes are made anew, so that no id of an event that is lost is known any more, and its sender
 * may send it again. At the last of the positions that are lost stands an event that tells of them,
 * and once more at the end, for what had read further before. For one thread.
 */
final class Repair {
    private static final int BATCH = 1_000;

    private final StoreSettings settings;
    private final Path directory;
    private final Database damaged;
    private final StoreReport report;
    private final GapEvents gaps;

    private Repair(StoreSettings settings, Database damaged, StoreReport report, GapEvents gaps) {
        this.settings = settings;
        this.directory = settings.path().toAbsolutePath().normalize();
        this.damaged = damaged;
        this.report = report;
        this.gaps = gaps;
    }

    static Repair of(StoreSettings settings, Database damaged, StoreReport report, GapEvents gaps) {
        return new Repair(settings, damaged, report, gaps);
    }

    /**
     * Makes it and puts it in the place of the damaged one.
     *
     * @param projections the names of what is derived
     */
    RepairReport run(List<String> projections) {
        Quarantine quarantine = Quarantine.in(directory);
        try {
            Path made = quarantine.begin();
            List<EventName> keys = settings.businessKeys().stream().map(EventName::of).toList();
            RepairedTables out = damaged.use(from -> make(from, made, keys, projections));
            DataDirectory.of(made).complete(out.last());
            damaged.close();
            return new RepairReport(
                    out.events(), report.lost().size(), out.dropped(), quarantine.swap());
        } catch (IOException | LogUnavailableException e) {
            throw new StoreException("the log in " + directory + " cannot be repaired: " + e, e);
        }
    }

    private RepairedTables make(
            Tables from, Path made, List<EventName> keys, List<String> projections)
            throws RocksDBException {
        try (Tables to = Tables.open(made, true, settings);
                RepairedTables out = new RepairedTables(to, keys)) {
            out.meta(from, report);
            events(from, out);
            ahead(out);
            if (report.isConsistent()) {
                projections(from, out, projections);
            } else {
                out.drop(projections);
            }
            to.flush();
            return out;
        }
    }

    private void events(Tables from, RepairedTables out) throws RocksDBException {
        long next = report.first();
        for (LostEvents lost : report.lost()) {
            copy(from, out, next, lost.from() - 1);
            out.quarantine(lost, gaps.of(lost));
            next = lost.to() + 1;
        }
        copy(from, out, next, report.last());
    }

    private void ahead(RepairedTables out) throws RocksDBException {
        for (LostEvents lost : report.lost()) {
            Optional<AuditEvent> gap = gaps.ahead(lost);
            if (gap.isPresent()) {
                out.append(gap.get(), Instant.now());
            }
        }
    }

    private static void copy(Tables from, RepairedTables out, long first, long last)
            throws RocksDBException {
        EventScan scan = EventScan.thorough(from, last);
        long next = first;
        while (next <= last) {
            int most = (int) Math.min(BATCH, last - next + 1);
            List<StoredEvent> events =
                    scan.read(next, most).stream().filter(e -> e.position() <= last).toList();
            out.events(events);
            next = events.isEmpty() ? last + 1 : events.getLast().position() + 1;
        }
    }

    private void projections(Tables from, RepairedTables out, List<String> names)
            throws RocksDBException {
        long farthest = 0;
        for (String name : names) {
            farthest = Math.max(farthest, out.projection(from, name));
        }
        for (LostEvents lost : report.lost()) {
            if (lost.from() <= farthest) {
                AuditEvent gap = gaps.of(lost);
                out.append(gap.toBuilder().id(gap.id() + "-behind").build(), Instant.now());
            }
        }
    }
}
