package io.tradingecosystem.audit.server.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.monitoring.Meters;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLException;

/**
 * The connections of a listener: counted, each with bounds for its waits, and closed when its work
 * ends. The thread of each connection opens and closes it here; {@link ConnectionWatch} looks at
 * all. A connection costs an entry of a set and a few counters. Thread-safe.
 *
 * <p>Fault: Helidon 4.5.0, {@code ServerListener}, keeps the number of its connections to itself
 * and lets more of them wait to be accepted, unseen; {@code ConnectionHandler.run} closes a
 * connection with a wait that has no bound. Held by: {@code
 * SlowPeersTest.shouldTellThatOthersWaitWhenAllConnectionsAreTaken}. Look again: Helidon 4.6.
 */
public final class ListenerConnections extends WrappedSelector {
    private static final EventLogger LOG = EventLogger.of(ListenerConnections.class);

    private final String listener;
    private final int max;
    private final Function<ConnectionContext, BoundedConnection> bounded;
    private final LongSupplier ticker;
    private final ListenerSocket socket = new ListenerSocket();
    private final Set<BoundedConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<BoundedConnection> leaving = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong limitReached = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean();
    private final Meters.Counters timeouts;
    private final Meters.Counters evicted;
    private final Meters.Counters refusedHandshakes;

    /**
     * @param listener its name
     * @param max how many there may be; Helidon lets more wait to be accepted, unseen
     * @param selector what serves the connections
     * @param bounded bounds a connection
     */
    public ListenerConnections(
            String listener,
            int max,
            ServerConnectionSelector selector,
            Function<ConnectionContext, BoundedConnection> bounded,
            Meters meters,
            LongSupplier ticker) {
        super(selector);
        this.listener = listener;
        this.max = max;
        this.bounded = bounded;
        this.ticker = ticker;
        List<String> labels = List.of("listener");
        List<String> name = List.of(listener);
        meters.gauges(
                "server_connections",
                "Connections open at a listener",
                labels,
                () -> Map.of(name, open()));
        meters.gauges(
                "server_connections_limit",
                "The most connections of a listener",
                labels,
                () -> Map.of(name, max));
        meters.counters(
                "server_connections_limit_reached",
                "Connections that were the last one admitted; more had to wait",
                labels,
                () -> Map.of(name, limitReached()));
        this.timeouts =
                meters.counters(
                        "server_connection_timeouts",
                        "Connections closed because the peer was too slow",
                        List.of("listener", "reason"));
        this.evicted =
                meters.counters(
                        "server_connections_evicted",
                        "Idle connections closed to make room for others",
                        labels);
        this.refusedHandshakes =
                meters.counters(
                        "server_tls_handshakes_refused",
                        "TLS handshakes refused by either side",
                        labels);
    }

    /** Where the connections come from. */
    public ListenerSocket socket() {
        return socket;
    }

    /** The name of the listener. */
    String listener() {
        return listener;
    }

    /** How often as many connections were open as there may be. */
    public long limitReached() {
        return limitReached.get();
    }

    /** Whether there are as many as there may be, so that others wait. */
    public boolean isFull() {
        return count.get() >= max;
    }

    private void opened(BoundedConnection peer) {
        open.add(peer);
        accepted.incrementAndGet();
        if (count.incrementAndGet() >= max) {
            limitReached.incrementAndGet();
            if (full.compareAndSet(false, true)) {
                LOG.warn("server.connections.full", "listener", listener, "limit", max);
            }
            makeRoomIfNeeded();
        }
    }

    /** There is room when those that were asked to leave have gone. */
    private void makeRoomIfNeeded() {
        if (count.get() - leaving.size() >= max) {
            makeRoom();
        }
    }

    /** Closes the connection that has asked for nothing for the longest time, if one has. */
    private void makeRoom() {
        long now = ticker.getAsLong();
        open.stream()
                .map(peer -> new Idle(peer, peer.idleSince()))
                .filter(idle -> idle.since().isPresent())
                .sorted(Comparator.comparingLong(idle -> idle.since().getAsLong() - now))
                .filter(idle -> idle.peer().closeIdle())
                .findFirst()
                .ifPresent(idle -> evicted(idle.peer()));
    }

    private void evicted(BoundedConnection peer) {
        leaving.add(peer);
        // It may have gone before it was noted.
        leaving.retainAll(open);
        evicted.increment(listener);
    }

    private record Idle(BoundedConnection peer, OptionalLong since) {}

    private void closed(BoundedConnection peer) {
        peer.refusedHandshake().ifPresent(refusal -> report(peer, refusal));
        open.remove(peer);
        leaving.remove(peer);
        // Not at once: where others wait, the next one is here before this can be said.
        if (count.decrementAndGet() <= max * 9L / 10 && full.compareAndSet(true, false)) {
            LOG.info("server.connections.admitting", "listener", listener, "limit", max);
        }
    }

    /** Ends all waits whose time is over, and one that nobody misses where others may need room. */
    void expire(long now) {
        for (BoundedConnection connection : open) {
            connection.expire(now).ifPresent(reason -> report(connection, reason));
        }
        // Nobody was idle when the last place was taken, and others may wait.
        makeRoomIfNeeded();
    }

    private void report(BoundedConnection connection, BoundedConnection.Reason reason) {
        String name = reason.name().toLowerCase(Locale.ROOT);
        timeouts.increment(listener, name);
        LOG.debug(
                "server.connection.timeout",
                "listener",
                listener,
                "reason",
                name,
                "connection",
                connection.childSocketId());
    }

    private void report(BoundedConnection connection, SSLException refusal) {
        refusedHandshakes.increment(listener);
        LOG.debug(
                "server.tls.handshake.refused",
                "listener",
                listener,
                "reason",
                String.valueOf(refusal.getMessage()),
                "connection",
                connection.childSocketId());
    }

    public long open() {
        return count.get();
    }

    public long accepted() {
        return accepted.get();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        BoundedConnection connection = bounded.apply(context);
        ServerConnection served = selector().connection(connection);
        connection.servedBy(served);
        return new CountedConnection(connection, served);
    }

    private final class CountedConnection extends WrappedConnection {
        private final BoundedConnection peer;

        CountedConnection(BoundedConnection peer, ServerConnection connection) {
            super(connection);
            this.peer = peer;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            opened(peer);
            try {
                connection().handle(limit);
            } finally {
                peer.linger();
                // Helidon closes it too, but waits without a bound for a peer that does not read.
                peer.close();
                closed(peer);
            }
        }
    }
}
