package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.matching.JoinStore.SideId;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** A side of a join over a projection that outlives it, as it does when a service starts again. */
final class HeldSide {
    static final long BUCKET = 10;
    static final SideId ID = new SideId(7, JoinStore.Kind.EFFECTS);
    static final JoinHash KEY = new JoinHash(1, -1);
    static final JoinHash OTHER = new JoinHash(1, 0);

    private final Projection projection =
            MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("joins");
    private StoreTransaction transaction;
    private JoinStore store;
    private JoinSide side;
    private long position;

    HeldSide() {
        open();
    }

    private void open() {
        transaction = new StoreTransaction(projection);
        store = new JoinStore(transaction, 'B', 'C');
        side = new JoinSide(store, ID, BUCKET, Long.MIN_VALUE);
    }

    JoinSide side() {
        return side;
    }

    JoinStore store() {
        return store;
    }

    void commit() {
        store.flush();
        transaction.commit(++position);
    }

    void restart() {
        commit();
        open();
    }

    boolean add(JoinHash key, String id, long at) {
        return side.add(key, event(id, at));
    }

    List<String> ascending(JoinHash key, long from, long to) {
        List<String> ids = new ArrayList<>();
        side.ascending(key, from, to, event -> ids.add(event.id()));
        return ids;
    }

    List<String> descending(JoinHash key, long from, long to) {
        List<String> ids = new ArrayList<>();
        side.descending(key, from, to, event -> ids.add(event.id()));
        return ids;
    }

    /** The keys of a table as the projection has them, in hexadecimal. */
    List<String> keys(char table) {
        List<String> keys = new ArrayList<>();
        projection.scan(table, (key, value) -> keys.add(HexFormat.of().formatHex(key)));
        return keys;
    }

    static JoinedEvent event(String id, long at) {
        return new JoinedEvent(id, "type", at, at + 3, new EventClock("desk", "host.id h"));
    }
}
