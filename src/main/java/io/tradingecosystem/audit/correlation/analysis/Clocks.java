package io.tradingecosystem.audit.correlation.analysis;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.EventClock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far the clocks of services are apart, as far as causes and effects tell. Immutable.
 *
 * <p>No effect happens before its cause. So the shortest delay seen from a cause in service A to an
 * effect in service B bounds how far B's clock can be ahead of A's: offset(B) - offset(A) ≤
 * shortest(A, B). Along paths the bounds add up; the tightest are the shortest paths (Floyd and
 * Warshall). Among the offsets that keep to all bounds those are taken that change least: the
 * potentials of Johnson's algorithm ("Efficient algorithms for shortest paths in sparse networks",
 * 1977), which are 0 unless an effect is seen before its cause. They are told relative to the
 * service that is in most of the pairs. An offset smaller than the shortest delay cannot be seen;
 * halving the round trip, as NTP does, would take time spent on work for a wrong clock.
 *
 * <p>Pairs that contradict each other (a clock was set meanwhile) leave the services that they
 * connect uncorrected, and say so. The instances of a service are taken to share one clock.
 */
public final class Clocks {
    private static final int MAX_SERVICES = 64;
    private static final long UNBOUNDED = Long.MAX_VALUE / 4;

    private final Map<String, Integer> places;
    private final long[][] bounds;
    private final long[] offsets;
    private final List<Clock> clocks;
    private final ClockSkew tolerance;
    private final boolean corrects;
    private final Duration greatestOffset;
    private final int untold;

    private Clocks(
            Map<String, Integer> places,
            long[][] bounds,
            long[] offsets,
            List<Clock> clocks,
            int untold,
            ClockSkew tolerance) {
        this.places = places;
        this.bounds = bounds;
        this.offsets = offsets;
        this.clocks = List.copyOf(clocks);
        this.untold = untold;
        this.tolerance = tolerance;
        this.corrects = Arrays.stream(offsets).anyMatch(offset -> offset != 0);
        this.greatestOffset = Duration.ofNanos(Math.max(0, Arrays.stream(offsets).max().orElse(0)));
    }

    /**
     * A cause and its effect in another service.
     *
     * @param delay between them by their services' clocks; negative if the clocks say so
     */
    record Pair(String causeService, String effectService, Duration delay) {}

    /**
     * What is known of a service's clock.
     *
     * @param offset how far it is taken to be ahead of the reference's; negative if behind
     * @param min its offset is at least this; empty if nothing says so
     * @param max its offset is at most this; empty if nothing says so
     * @param reference the service that it is compared with
     * @param pairs in how many pairs it is
     * @param contradictory whether the pairs contradict each other, so that nothing is known
     */
    public record Clock(
            String service,
            Duration offset,
            Optional<Duration> min,
            Optional<Duration> max,
            String reference,
            int pairs,
            boolean contradictory) {}

    /** Clocks of which nothing is known but that they are right to within a tolerance. */
    static Clocks unknown(ClockSkew tolerance) {
        return new Clocks(Map.of(), new long[0][0], new long[0], List.of(), 0, tolerance);
    }

    /**
     * Estimates clocks. Of more than 64 services those in most pairs are looked at.
     *
     * @param tolerance by how much two clocks may still differ once they are corrected
     */
    static Clocks estimate(Collection<Pair> pairs, ClockSkew tolerance) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Pair pair : pairs) {
            counts.merge(pair.causeService(), 1, Integer::sum);
            counts.merge(pair.effectService(), 1, Integer::sum);
        }
        List<String> services =
                counts.keySet().stream()
                        .sorted(
                                Comparator.comparing((String s) -> counts.getOrDefault(s, 0))
                                        .reversed()
                                        .thenComparing(s -> s))
                        .limit(MAX_SERVICES)
                        .toList();
        Map<String, Integer> places = new HashMap<>();
        services.forEach(service -> places.put(service, places.size()));
        long[][] bounds = bounds(pairs, places);
        int[] references = references(bounds);
        boolean[] contradictory = close(bounds, references);
        long[] offsets = offsets(bounds, references, contradictory);
        List<Clock> clocks = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            clocks.add(
                    new Clock(
                            services.get(i),
                            Duration.ofNanos(offsets[i]),
                            bound(bounds[i][references[i]]).map(Duration::negated),
                            bound(bounds[references[i]][i]),
                            services.get(references[i]),
                            counts.getOrDefault(services.get(i), 0),
                            contradictory[i]));
        }
        int untold = counts.size() - services.size();
        return new Clocks(places, bounds, offsets, clocks, untold, tolerance);
    }

    private static long[][] bounds(Collection<Pair> pairs, Map<String, Integer> places) {
        long[][] bounds = new long[places.size()][places.size()];
        for (int i = 0; i < bounds.length; i++) {
            Arrays.fill(bounds[i], UNBOUNDED);
            bounds[i][i] = 0;
        }
        for (Pair pair : pairs) {
            Integer cause = places.get(pair.causeService());
            Integer effect = places.get(pair.effectService());
            if (cause != null && effect != null && !cause.equals(effect)) {
                bounds[cause][effect] = Math.min(bounds[cause][effect], nanos(pair.delay()));
            }
        }
        return bounds;
    }

    /** The reference of each: the first, so the one in most pairs, that pairs connect it with. */
    private static int[] references(long[][] bounds) {
        int[] references = new int[bounds.length];
        Arrays.setAll(references, i -> i);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < bounds.length; i++) {
                for (int j = 0; j < bounds.length; j++) {
                    boolean connected = bounds[i][j] < UNBOUNDED || bounds[j][i] < UNBOUNDED;
                    if (connected && references[j] < references[i]) {
                        references[i] = references[j];
                        changed = true;
                    }
                }
            }
        }
        return references;
    }

    /** Adds bounds up along paths; tells whose bounds contradict each other and drops those. */
    private static boolean[] close(long[][] bounds, int[] references) {
        int n = bounds.length;
        boolean[] broken = new boolean[n];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (bounds[i][k] < UNBOUNDED && bounds[k][j] < UNBOUNDED) {
                        long sum = bounds[i][k] + bounds[k][j];
                        // Sums along a negative cycle would grow without end.
                        bounds[i][j] = Math.max(-UNBOUNDED, Math.min(bounds[i][j], sum));
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            broken[references[i]] |= bounds[i][i] < 0;
        }
        boolean[] contradictory = new boolean[n];
        for (int i = 0; i < n; i++) {
            contradictory[i] = broken[references[i]];
            if (contradictory[i]) {
                Arrays.fill(bounds[i], UNBOUNDED);
                bounds[i][i] = 0;
            }
        }
        return contradictory;
    }

    private static long[] offsets(long[][] bounds, int[] references, boolean[] contradictory) {
        long[] potentials = new long[bounds.length];
        for (long[] row : bounds) {
            for (int j = 0; j < potentials.length; j++) {
                potentials[j] = Math.min(potentials[j], row[j]);
            }
        }
        long[] offsets = new long[potentials.length];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = contradictory[i] ? 0 : potentials[i] - potentials[references[i]];
        }
        return offsets;
    }

    /** How many more services pairs tell of, whose clocks are taken to be right. */
    int untold() {
        return untold;
    }

    /** The services that pairs tell of, those in most pairs first. */
    public List<Clock> clocks() {
        return clocks;
    }

    /** By how much two clocks may still differ once they are corrected. */
    public ClockSkew tolerance() {
        return tolerance;
    }

    /** How far a service's clock is taken to be ahead; zero where nothing is known. */
    public Duration offset(String service) {
        Integer place = places.get(service);
        return place == null ? Duration.ZERO : Duration.ofNanos(offsets[place]);
    }

    /** When an event happened: its occurred_at without the offset of its service's clock. */
    Instant corrected(AuditEvent event) {
        return corrects ? event.occurredAt().minus(offset(event.service())) : event.occurredAt();
    }

    /** The greatest offset of any service, at least zero. */
    Duration greatestOffset() {
        return greatestOffset;
    }

    /**
     * Whether an event surely happened before another, by their clocks alone: by one clock it is
     * the earlier, or the distance is more than what the clocks can be apart.
     */
    boolean surelyBefore(AuditEvent earlier, AuditEvent later) {
        Duration distance = Duration.between(earlier.occurredAt(), later.occurredAt());
        EventClock one = EventClock.of(earlier);
        EventClock other = EventClock.of(later);
        Duration apart = one.name().equals(other.name()) ? Duration.ZERO : apart(one, other);
        return distance.compareTo(apart) > 0;
    }

    /** By how much the later of two may lie behind the earlier, though it happened before. */
    private Duration apart(EventClock earlier, EventClock later) {
        Duration skew = tolerance.of(earlier, later);
        if (earlier.service().equals(later.service())) {
            return skew;
        }
        Duration apart = offset(later.service()).minus(offset(earlier.service())).plus(skew);
        Integer from = places.get(earlier.service());
        Integer to = places.get(later.service());
        return from != null && to != null && bounds[from][to] < nanos(apart)
                ? Duration.ofNanos(bounds[from][to])
                : apart;
    }

    private static Optional<Duration> bound(long nanos) {
        return nanos >= UNBOUNDED ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    /** Nanoseconds, kept in a range in which sums of a few do not overflow. */
    private static long nanos(Duration duration) {
        long max = UNBOUNDED / 1_000;
        if (duration.abs().compareTo(Duration.ofNanos(max)) > 0) {
            return duration.isNegative() ? -max : max;
        }
        return duration.toNanos();
    }
}
