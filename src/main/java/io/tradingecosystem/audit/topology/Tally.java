package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.common.DurationHistogram;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was counted of a node or an edge in some time. Used by one thread. */
final class Tally {
    private static final int MAX_METHODS = 64;
    private static final int SHOWN_METHODS = 16;

    private long count;
    private long errors;
    private long served;
    private long servedErrors;
    private Instant last = Instant.EPOCH;
    private final DurationHistogram durations = new DurationHistogram();
    private final Map<String, Long> methods = new HashMap<>();

    /** Something that went wrong or well, at a time. */
    void add(boolean error, Instant at) {
        count++;
        errors += error ? 1 : 0;
        last = at.isAfter(last) ? at : last;
    }

    /** The same was a request that a service served. */
    void serve(boolean error) {
        served++;
        servedErrors += error ? 1 : 0;
    }

    /** The same took so long. */
    void time(Duration duration) {
        durations.add(duration);
    }

    /** The same is called so. */
    void name(String method) {
        if (methods.size() < MAX_METHODS || methods.containsKey(method)) {
            methods.merge(method, 1L, Long::sum);
        }
    }

    void add(Tally other) {
        count += other.count;
        errors += other.errors;
        served += other.served;
        servedErrors += other.servedErrors;
        last = other.last.isAfter(last) ? other.last : last;
        durations.add(other.durations);
        other.methods.forEach(this::merge);
    }

    private void merge(String method, long more) {
        if (methods.size() < MAX_METHODS || methods.containsKey(method)) {
            methods.merge(method, more, Long::sum);
        }
    }

    /** All of it, over the time that it was counted. */
    Traffic traffic(Duration measured, Instant at) {
        boolean serves = served > 0;
        return new Traffic(
                count,
                errors,
                serves ? served : count,
                serves ? servedErrors : errors,
                measured,
                durations.permille(500),
                durations.permille(990),
                last,
                at,
                mostFrequent());
    }

    private List<String> mostFrequent() {
        return methods.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN_METHODS)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
