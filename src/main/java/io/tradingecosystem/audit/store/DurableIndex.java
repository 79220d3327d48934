package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventFetch.Fetched;

import org.rocksdb.RocksDBException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds events by their postings. Holds a page in memory and no more. Thread-safe. */
final class DurableIndex implements EventIndex {
    /** Events are fetched so many at a time, and no more once a page has this many bytes. */
    private static final int AT_ONCE = 512;

    private static final int PAGE_SIZE = 8 << 20;

    private final Database database;
    private final Segments segments;
    private final Set<String> businessKeys;

    DurableIndex(Database database, Segments segments, Set<String> businessKeys) {
        this.database = database;
        this.segments = segments;
        this.businessKeys = businessKeys;
    }

    @Override
    public Optional<AuditEvent> byId(String id) {
        return position(id).flatMap(this::at).filter(event -> event.id().equals(id));
    }

    @Override
    public List<Optional<AuditEvent>> byIds(List<String> ids) {
        List<Optional<AuditEvent>> events = at(positions(ids));
        List<Optional<AuditEvent>> found = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            String id = ids.get(i);
            found.add(events.get(i).filter(event -> event.id().equals(id)));
        }
        return found;
    }

    /** Of ids that are not there, where no event is. */
    private List<Long> positions(List<String> ids) {
        long[] positions =
                database.use(tables -> positions(tables, ids.stream().map(Keys::id).toList()));
        List<Long> found = new ArrayList<>(positions.length);
        for (int i = 0; i < positions.length; i++) {
            boolean other = positions[i] == 0 && segments.haveLongIds();
            found.add(other ? position(ids.get(i)).orElse(0L) : (Long) positions[i]);
        }
        return found;
    }

    private static long[] positions(Tables tables, List<byte[]> keys) throws RocksDBException {
        Deque<RocksDBException> unreadable = new ArrayDeque<>();
        long[] positions = IdLookup.positions(tables, keys, unreadable::add);
        if (!unreadable.isEmpty()) {
            throw unreadable.getFirst();
        }
        return positions;
    }

    @Override
    public Optional<Removal> removed() {
        return segments.removed();
    }

    @Override
    public Optional<Removal> removed(String id) {
        return position(id).flatMap(segments::removed);
    }

    private Optional<Long> position(String id) {
        Optional<byte[]> position = position(Keys.id(id));
        if (position.isEmpty() && segments.haveLongIds() && Keys.isOfSpan(id)) {
            position = position(Keys.longId(id));
        }
        return position.map(value -> BigEndian.longAt(value, 0));
    }

    private Optional<byte[]> position(byte[] key) {
        return database.use(
                tables -> Optional.ofNullable(tables.rocks().get(tables.of(Tables.IDS), key)));
    }

    @Override
    public Optional<AuditEvent> at(long position) {
        if (position < segments.first()) {
            return Optional.empty();
        }
        return database.use(
                tables ->
                        Optional.ofNullable(EventScan.one(tables, position))
                                .map(bytes -> EventCodec.decode(position, bytes)));
    }

    @Override
    public List<Optional<AuditEvent>> at(List<Long> positions) {
        return database.use(
                tables -> {
                    long first = segments.first();
                    List<Optional<AuditEvent>> found = new ArrayList<>(positions.size());
                    for (Fetched event : EventFetch.of(tables, positions)) {
                        found.add(
                                event.position() < first
                                        ? Optional.empty()
                                        : Optional.ofNullable(event.event()));
                    }
                    return found;
                });
    }

    @Override
    public Set<String> businessKeys() {
        return businessKeys;
    }

    @Override
    public Page find(Query query) {
        require(query);
        Optional<IndexPosition> token = IndexPosition.parse(query.pageToken());
        return database.use(tables -> find(tables, query, token));
    }

    @Override
    public String scan(Query query, Predicate<AuditEvent> taker) {
        require(query);
        return new SelectionScan(database, segments, query, taker).run();
    }

    private void require(Query query) {
        InvalidQuestionException.requireRange("limit", query.limit(), 1, Integer.MAX_VALUE);
        if (query.selection().key() instanceof Selection.Key.Business business
                && !businessKeys.contains(business.name())) {
            throw new InvalidQuestionException(
                    business.name() + " is not a business key; these are: " + businessKeys);
        }
    }

    private Page find(Tables tables, Query query, Optional<IndexPosition> token)
            throws RocksDBException {
        Selection selection = query.selection();
        List<AuditEvent> found = new ArrayList<>();
        try (PostingScan scan = PostingScan.open(tables, segments, query)) {
            IndexPosition behind = token.orElseGet(scan::start);
            long size = 0;
            // One more than asked for tells whether there is another page.
            int wanted = query.limit() == Integer.MAX_VALUE ? query.limit() : query.limit() + 1;
            while (found.size() < wanted && size < PAGE_SIZE) {
                LogUnavailableException.requireCaller();
                List<IndexPosition> places = scan.next(behind, wanted - found.size(), AT_ONCE);
                if (places.isEmpty()) {
                    return new Page(found, "");
                }
                for (int at = 0; at < places.size() && size < PAGE_SIZE; at += AT_ONCE) {
                    List<IndexPosition> some =
                            places.subList(at, Math.min(places.size(), at + AT_ONCE));
                    size += fetch(tables, some, selection.key(), found);
                    behind = some.getLast();
                }
            }
        }
        List<AuditEvent> page =
                found.size() > query.limit() ? found.subList(0, query.limit()) : found;
        return new Page(page, IndexPosition.of(page.getLast()).token());
    }

    /** Adds the events at places that have the property; gives how many bytes they take. */
    private static long fetch(
            Tables tables, List<IndexPosition> places, Selection.Key key, List<AuditEvent> out)
            throws RocksDBException {
        long size = 0;
        for (Fetched each :
                EventFetch.of(tables, places.stream().map(IndexPosition::position).toList())) {
            AuditEvent event = each.event();
            if (event != null && key.isOf(event)) {
                out.add(event);
                size += each.size();
            }
        }
        return size;
    }
}
