package io.tradingecosystem.audit.store;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A log with its index and projections in memory: the same answers as the durable one, for as long
 * as the process lives. A recording is judged in it without a server; tests run on it. It grows
 * with what is put in. Thread-safe.
 */
public final class MemoryStore implements EventLog, EventIndex, Projections {
    private final String id = LogIdentity.random();
    private final InstantSource clock;
    private final Set<String> businessKeys;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<AuditEvent> events = new ArrayList<>();
    private final ConcurrentMap<String, AuditEvent> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<Selection.Key, NavigableMap<Place, AuditEvent>> indexes =
            new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Projection> projections = new ConcurrentHashMap<>();

    private MemoryStore(InstantSource clock, Set<String> businessKeys) {
        this.clock = requireNonNull(clock, "clock is null");
        this.businessKeys = Set.copyOf(businessKeys);
    }

    /**
     * An empty store.
     *
     * @param clock gives recorded_at
     * @param businessKeys the attributes to index
     */
    public static MemoryStore create(InstantSource clock, Set<String> businessKeys) {
        return new MemoryStore(clock, businessKeys);
    }

    @Override
    public List<AppendOutcome> append(List<AuditEvent> batch) {
        lock.lock();
        try {
            List<AppendOutcome> outcomes = new ArrayList<>(batch.size());
            for (AuditEvent event : batch) {
                outcomes.add(append(event));
            }
            grown.signalAll();
            return outcomes;
        } finally {
            lock.unlock();
        }
    }

    private AppendOutcome append(AuditEvent event) {
        AuditEvent first = byId.get(event.id());
        if (first != null) {
            AuditEvent again = event.isTimeGiven() ? event.at(first.occurredAt()) : event;
            return first.saysTheSameAs(again)
                    ? new AppendOutcome.Duplicate(first.position())
                    : new AppendOutcome.Conflict(first.position());
        }
        AuditEvent stored = event.stored(events.size() + 1L, clock.instant());
        byId.put(stored.id(), stored);
        Place place = Place.of(stored);
        Selection.Key.forEach(
                stored,
                businessKeys,
                key ->
                        indexes.computeIfAbsent(key, k -> new ConcurrentSkipListMap<>())
                                .put(place, stored));
        events.add(stored);
        return new AppendOutcome.Stored(stored.position());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long lastPosition() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long firstPosition() {
        return 1;
    }

    @Override
    public List<AuditEvent> read(long after, int limit) {
        lock.lock();
        try {
            int from = (int) Math.min(after, events.size());
            int to = (int) Math.min(events.size(), (long) from + limit);
            return List.copyOf(events.subList(from, to));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(long after, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (events.size() <= after && left > 0) {
                left = grown.awaitNanos(left);
            }
            return events.size() > after;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<AuditEvent> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<AuditEvent> at(long position) {
        return position < 1 ? Optional.empty() : read(position - 1, 1).stream().findFirst();
    }

    @Override
    public Set<String> businessKeys() {
        return businessKeys;
    }

    @Override
    public Page find(Query query) {
        List<AuditEvent> page =
                selected(query).values().stream().limit(query.limit() + 1L).toList();
        if (page.size() <= query.limit()) {
            return new Page(page, "");
        }
        List<AuditEvent> full = page.subList(0, query.limit());
        return new Page(full, Place.of(full.getLast()).token());
    }

    @Override
    public String scan(Query query, Predicate<AuditEvent> taker) {
        String behind = "";
        int read = 0;
        boolean goesOn = true;
        for (AuditEvent event : selected(query).values()) {
            if (!goesOn) {
                return behind;
            }
            goesOn = taker.test(event) && ++read < query.limit();
            behind = Place.of(event).token();
        }
        return "";
    }

    private NavigableMap<Place, AuditEvent> selected(Query query) {
        Selection selection = query.selection();
        if (selection.key() instanceof Selection.Key.Business business
                && !businessKeys.contains(business.name())) {
            throw new InvalidQuestionException(business.name() + " is not a business key");
        }
        NavigableMap<Place, AuditEvent> index = within(selection);
        if (query.direction() == Direction.NEWEST_FIRST) {
            index = index.descendingMap();
        }
        return query.pageToken().isEmpty()
                ? index
                : behind(index, Place.parse(query.pageToken()), query.direction());
    }

    private NavigableMap<Place, AuditEvent> within(Selection selection) {
        Place from = new Place(selection.from(), 0);
        Place to = new Place(selection.to(), 0);
        NavigableMap<Place, AuditEvent> index =
                indexes.getOrDefault(selection.key(), new ConcurrentSkipListMap<>());
        // A map takes a range that ends before it begins for a mistake.
        return index.subMap(from, true, from.compareTo(to) > 0 ? from : to, false);
    }

    /** What is behind a place; a place outside of the map's range would make tailMap throw. */
    private static NavigableMap<Place, AuditEvent> behind(
            NavigableMap<Place, AuditEvent> index, Place last, Direction direction) {
        if (index.isEmpty()) {
            return index;
        }
        Comparator<Place> order =
                direction == Direction.OLDEST_FIRST
                        ? Comparator.naturalOrder()
                        : Comparator.reverseOrder();
        if (order.compare(last, index.firstKey()) < 0) {
            return index;
        }
        return order.compare(last, index.lastKey()) >= 0
                ? new ConcurrentSkipListMap<>()
                : index.tailMap(last, false);
    }

    /** This as what it is a store of. */
    public Store store() {
        return new Store(this, this, this);
    }

    @Override
    public Projection projection(String name) {
        return projections.computeIfAbsent(name, n -> new MemoryProjection());
    }

    /** Where an event stands in an index. */
    private record Place(Instant occurredAt, long position) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::occurredAt).thenComparingLong(Place::position);

        static Place of(AuditEvent event) {
            return new Place(event.occurredAt(), event.position());
        }

        static Place parse(String token) {
            int colon = token.lastIndexOf('@');
            try {
                return new Place(
                        Instant.parse(token.substring(colon + 1)),
                        Long.parseLong(token.substring(0, Math.max(colon, 0))));
            } catch (RuntimeException e) {
                throw InvalidQuestionException.pageToken(token);
            }
        }

        String token() {
            return position + "@" + occurredAt;
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
