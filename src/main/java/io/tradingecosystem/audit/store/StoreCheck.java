package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.settings.StoreSettings;

import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a log as a whole: every block of every table, then every event, in the order of positions,
 * of which none may be missing. For one thread.
 */
final class StoreCheck {
    private static final int BATCH = 1_000;

    private final Path directory;
    private final Tables tables;
    private final DamageRegister damages = DamageRegister.unbounded();
    private final Map<String, String> names = new TreeMap<>();
    private final List<PositionRange> lost = new ArrayList<>();
    private long events;
    private boolean consistent = true;

    /**
     * A check that has found nothing yet.
     *
     * @param hindrance what keeps the log from being opened to be written
     */
    StoreCheck(StoreSettings settings, Tables tables, Optional<Damage> hindrance) {
        this.directory = settings.path().toAbsolutePath().normalize();
        this.tables = tables;
        hindrance.ifPresent(damages::note);
    }

    StoreReport report() throws RocksDBException {
        List<TableFile> files =
                tables.rocks().getLiveFilesMetaData().stream().map(TableFile::new).toList();
        for (TableFile file : files) {
            names.put(file.name(), file.table());
            file.read().ifPresent(damages::note);
        }
        readWriteAheadLogs();
        Optional<Segments> segments = segments();
        long last = Math.max(LastPosition.of(tables), HighWaterMarkFile.noted(directory));
        long first = segments.map(Segments::first).orElseGet(() -> firstPosition(last));
        readEvents(first, last);
        SealCheck seals = new SealCheck(tables, damages);
        segments.ifPresent(all -> seals.check(all, lost));
        return new StoreReport(
                directory,
                files.size(),
                files.stream().mapToLong(TableFile::size).sum(),
                first,
                last,
                events,
                seals.sealed(),
                damages.found().stream().sorted(Comparator.comparing(Damage::file)).toList(),
                names,
                consistent,
                new LossTimes(tables, segments).of(lost, first, last));
    }

    private void readWriteAheadLogs() {
        try {
            List<Damage> found = WriteAheadLogCheck.of(directory);
            found.forEach(damages::note);
            consistent = found.isEmpty();
        } catch (IOException e) {
            throw new StoreException("the log in " + directory + " cannot be read: " + e, e);
        }
    }

    /** Absent if what the log knows about itself cannot be read. */
    private Optional<Segments> segments() {
        try {
            return Optional.of(Segments.inspect(tables)).filter(all -> !all.kept().isEmpty());
        } catch (RocksDBException e) {
            damages.note(DamageRegister.of(e));
            return Optional.empty();
        }
    }

    private long firstPosition(long last) {
        try {
            return EventScan.thorough(tables, last).read(1, 1).stream()
                    .findFirst()
                    .map(StoredEvent::position)
                    .orElse(1L);
        } catch (RocksDBException e) {
            return 1;
        }
    }

    private void readEvents(long first, long last) throws RocksDBException {
        EventScan scan = EventScan.thorough(tables, last);
        long next = first;
        while (next <= last) {
            try {
                next = taken(scan.read(next, BATCH), next, last);
            } catch (UnreadableEventsException e) {
                damages.note(DamageRegister.of(e));
                lose(e.from(), e.to());
                next = e.to() + 1;
            }
        }
    }

    /** Where to go on. */
    private long taken(List<StoredEvent> read, long from, long last) throws RocksDBException {
        long next = from;
        for (StoredEvent event : read) {
            consistent &= !missing(next, event.position() - 1);
            decode(event);
            next = event.position() + 1;
        }
        if (read.isEmpty()) {
            missing(next, last);
            next = last + 1;
        }
        return next;
    }

    private void decode(StoredEvent event) {
        try {
            event.decoded();
            events++;
        } catch (RuntimeException e) {
            long position = event.position();
            damages.note(new Damage("", position, position, "the event cannot be read: " + e));
            lose(position, position);
        }
    }

    private boolean missing(long from, long to) throws RocksDBException {
        if (from <= to && !QuarantinedEvents.cover(tables, from, to)) {
            damages.note(new Damage("", from, to, "there are no events at these positions"));
            lose(from, to);
            return true;
        }
        return false;
    }

    private void lose(long from, long to) {
        boolean follows = !lost.isEmpty() && lost.getLast().to() == from - 1;
        long start = follows ? lost.removeLast().from() : from;
        lost.add(new PositionRange(start, to));
    }
}
