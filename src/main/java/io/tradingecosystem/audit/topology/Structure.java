package io.tradingecosystem.audit.topology;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes and edges of one moment, with what was measured of them. Each edge leads from one of
 * its nodes to another. Immutable.
 *
 * @param nodes by their ids
 * @param edges by their ids
 * @param leftOut how many nodes and edges there are beyond the bounds
 */
public record Structure(
        SortedMap<String, Measured<Node>> nodes,
        SortedMap<String, Measured<Edge>> edges,
        long leftOut) {
    static final Structure EMPTY = new Structure(new TreeMap<>(), new TreeMap<>(), 0);

    public Structure {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        edges = Collections.unmodifiableSortedMap(new TreeMap<>(edges));
    }
}
