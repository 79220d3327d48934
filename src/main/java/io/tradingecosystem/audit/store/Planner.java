package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.store.Append.AppendFate;
import io.tradingecosystem.audit.store.Append.Plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Works out what is to become of a batch, on the thread of its caller. Thread-safe. */
final class Planner {
    private final Database database;
    private final List<EventName> businessKeys;
    private final Segments segments;

    Planner(Database database, Set<String> businessKeys, Segments segments) {
        this.database = database;
        this.businessKeys = businessKeys.stream().map(EventName::of).toList();
        this.segments = segments;
    }

    /**
     * Plans a batch.
     *
     * @param seen the last position before this was called
     * @throws IllegalArgumentException if an event cannot be stored
     */
    Plan plan(long seen, List<AuditEvent> batch) {
        List<AppendFate> fates = new ArrayList<>(batch.size());
        List<AuditEvent> fresh = new ArrayList<>(batch.size());
        Map<String, Integer> offsets = HashMap.newHashMap(batch.size());
        List<byte[]> keys = new ArrayList<>(batch.size());
        for (AuditEvent event : batch) {
            keys.add(Keys.id(event.id()));
        }
        List<byte[]> freshKeys = new ArrayList<>(batch.size());
        Map<Integer, Damage> damages = new HashMap<>();
        long[] positions = positions(keys, damages);
        if (segments.haveLongIds()) {
            addLongIds(batch, positions, damages);
        }
        for (int i = 0; i < batch.size(); i++) {
            AuditEvent event = batch.get(i);
            Integer before = offsets.get(event.id());
            Damage damage = damages.get(i);
            if (damage != null) {
                fates.add(new AppendFate.Known(new AppendOutcome.Undecided(damage)));
            } else if (positions[i] >= segments.first()) {
                fates.add(new AppendFate.Known(outcome(positions[i], event)));
            } else if (before != null) {
                fates.add(new AppendFate.Again(before, same(encoded(fresh.get(before)), event)));
            } else {
                offsets.put(event.id(), fresh.size());
                fates.add(new AppendFate.New(fresh.size()));
                fresh.add(event);
                freshKeys.add(keys.get(i));
            }
        }
        return new Plan(seen, fates, fresh, Records.of(fresh, freshKeys, businessKeys));
    }

    /** Notes what is damaged by the place of the key of which it cannot be told. */
    private long[] positions(List<byte[]> keys, Map<Integer, Damage> damages) {
        Deque<Damage> noted = new ArrayDeque<>();
        long[] positions =
                database.use(
                        tables ->
                                IdLookup.positions(
                                        tables, keys, reason -> noted.add(database.note(reason))));
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] == IdLookup.UNREADABLE) {
                damages.put(i, noted.removeFirst());
            }
        }
        return positions;
    }

    /** Looks up what was not found under its key of today under that of format 1. */
    private void addLongIds(
            List<AuditEvent> batch, long[] positions, Map<Integer, Damage> damages) {
        List<Integer> places = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            String id = batch.get(i).id();
            if (positions[i] == 0 && Keys.isOfSpan(id)) {
                places.add(i);
                keys.add(Keys.longId(id));
            }
        }
        Map<Integer, Damage> noted = new HashMap<>();
        long[] others = positions(keys, noted);
        for (int i = 0; i < others.length; i++) {
            positions[places.get(i)] = others[i];
        }
        noted.forEach((i, damage) -> damages.put(places.get(i), damage));
    }

    private AppendOutcome outcome(long position, AuditEvent event) {
        try {
            return known(position, event);
        } catch (LogDamagedException e) {
            return new AppendOutcome.Undecided(e.damage());
        }
    }

    private AppendOutcome known(long position, AuditEvent event) {
        Optional<byte[]> first =
                database.use(tables -> Optional.ofNullable(EventScan.one(tables, position)));
        return first.filter(bytes -> same(bytes, event)).isPresent()
                ? new AppendOutcome.Duplicate(position)
                : new AppendOutcome.Conflict(position);
    }

    private static boolean same(byte[] first, AuditEvent event) {
        AuditEvent again = event.isTimeGiven() ? EventCodec.atTimeOf(first, event) : event;
        return EventCodec.sameContent(first, encoded(again));
    }

    private static byte[] encoded(AuditEvent event) {
        ByteWriter bytes = new ByteWriter(512);
        EventCodec.encode(event, bytes);
        return bytes.bytes();
    }
}
