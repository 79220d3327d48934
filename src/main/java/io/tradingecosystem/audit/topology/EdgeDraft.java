package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.peer.PeerHealth;
import io.tradingecosystem.audit.topology.Edge.Connection;
import io.tradingecosystem.audit.topology.Edge.Status;
import io.tradingecosystem.audit.topology.ExpectedTopology.ExpectedEdge;
import io.tradingecosystem.audit.topology.Measured.Facts;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What is gathered of an edge. Used by one thread. */
final class EdgeDraft {
    private static final int ENOUGH = 5;
    private static final double DEGRADED = 0.1;
    private static final double FAILED = 0.5;

    private final Key key;
    private Optional<ExpectedEdge> expected = Optional.empty();
    private Optional<Sighting> seen = Optional.empty();
    private Optional<Traffic> traffic = Optional.empty();
    private Optional<PeerHealth> probe = Optional.empty();

    /** From which node to which, and how. */
    record Key(String source, String target, Connection connection) {
        String id() {
            return source + "->" + target + ":" + connection.name().toLowerCase(Locale.ROOT);
        }
    }

    EdgeDraft(Key key) {
        this.key = key;
    }

    void expect(ExpectedEdge edge) {
        expected = Optional.of(edge);
    }

    void see(Sighting sighting) {
        seen = Optional.of(sighting);
    }

    void measure(Traffic measured) {
        traffic = Optional.of(traffic.map(before -> before.and(measured)).orElse(measured));
    }

    void probe(PeerHealth health) {
        probe = Optional.of(health);
    }

    String id() {
        return expected.map(ExpectedEdge::id).orElseGet(key::id);
    }

    Key key() {
        return key;
    }

    boolean isForgotten(Instant now, Duration after) {
        return expected.isEmpty()
                && probe.isEmpty()
                && traffic.isEmpty()
                && seen.filter(each -> !each.last().plus(after).isBefore(now)).isEmpty();
    }

    /** The last time at which something went over it. */
    Instant lastHeard(Instant now) {
        return probe.isPresent() || expected.isPresent()
                ? now
                : seen.map(Sighting::last).orElse(Instant.EPOCH);
    }

    Measured<Edge> build(Node source, Node target) {
        Because because = because(source, target);
        Edge edge =
                new Edge(
                        id(),
                        key.source(),
                        key.target(),
                        key.connection(),
                        because.status(),
                        because.reason(),
                        expected.filter(ExpectedEdge::critical).isPresent());
        return new Measured<>(
                edge, traffic, seen.map(Sighting::first), seen.map(Sighting::last), Facts.NONE);
    }

    private record Because(Status status, String reason) {}

    private Because because(Node source, Node target) {
        if (source.status() == Node.Status.DEAD || target.status() == Node.Status.DEAD) {
            return new Because(Status.FAILED, "one end is dead");
        }
        Optional<Because> errors = errors();
        if (errors.isPresent()) {
            return errors.get();
        }
        if (source.status() == Node.Status.DEGRADED || target.status() == Node.Status.DEGRADED) {
            return new Because(Status.DEGRADED, "one end is degraded");
        }
        if (traffic.isPresent()) {
            return new Because(Status.ACTIVE, "something went over it lately");
        }
        return probe.isPresent()
                ? new Because(Status.ACTIVE, "it was probed")
                : new Because(Status.UNKNOWN, "nothing went over it lately");
    }

    private Optional<Because> errors() {
        return traffic.filter(each -> each.requests() >= ENOUGH && each.errorRate() >= DEGRADED)
                .map(
                        each ->
                                new Because(
                                        each.errorRate() >= FAILED
                                                ? Status.FAILED
                                                : Status.DEGRADED,
                                        "%d of %d were errors"
                                                .formatted(each.requestErrors(), each.requests())));
    }
}
