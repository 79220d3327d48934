package io.tradingecosystem.audit.api.topology;

import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.topology.Change;
import io.tradingecosystem.audit.topology.Topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The changes of a topology, by the numbers of its snapshots. */
final class LiveTopology implements Live<Change> {
    private final Topology topology;
    private final TypeFilter filter;

    LiveTopology(Topology topology, TypeFilter filter) {
        this.topology = topology;
        this.filter = filter;
    }

    /** All that is there at once: the steps of a whole topology have one number together. */
    @Override
    public Batch<Change> after(long place, int limit) {
        List<Change> changes = topology.after(place);
        List<Entry<Change>> entries = new ArrayList<>();
        changes.stream()
                .filter(each -> filter.has(each.what()))
                .forEach(each -> entries.add(new Item<>(each.snapshot(), each)));
        long upTo = changes.isEmpty() ? Math.max(place, 1) : changes.getLast().snapshot();
        return new Batch<>(entries, upTo);
    }

    @Override
    public void await(long place, Duration timeout) throws InterruptedException {
        topology.await(place, timeout);
    }

    @Override
    public String log() {
        return "";
    }

    @Override
    public long last() {
        return topology.last();
    }
}
