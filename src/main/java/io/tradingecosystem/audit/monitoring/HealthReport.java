package io.tradingecosystem.audit.monitoring;

import io.helidon.health.HealthCheckResponse.Status;
import io.helidon.health.HealthCheckType;
import io.tradingecosystem.audit.common.Json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The result of one round of checks, with the answers to all probes written out, so that a probe is
 * answered without work. Immutable.
 */
public final class HealthReport {
    private final HealthState state;
    private final List<Result> results;
    private final long tick;
    private final Answer all;
    private final Answer live;
    private final Answer ready;
    private final Answer started;

    private HealthReport(HealthState state, List<Result> results, long tick) {
        this.state = state;
        this.results = List.copyOf(results);
        this.tick = tick;
        this.live = answer(ofType(HealthCheckType.LIVENESS));
        this.ready = answer(and(ofType(HealthCheckType.READINESS), isServing()));
        this.started = answer(and(ofType(HealthCheckType.STARTUP), hasStarted()));
        this.all = answer(and(results, isServing()));
    }

    static HealthReport of(HealthState state, List<Result> results, long tick) {
        return new HealthReport(state, results, tick);
    }

    /** The same results, with the news that they are old. */
    HealthReport stale(Duration age) {
        Result hung =
                new Result(
                        "health-checks",
                        HealthCheckType.LIVENESS,
                        Status.DOWN,
                        Map.of("failure", "no round has ended for " + age.toSeconds() + " s"));
        return new HealthReport(state, and(results, hung), tick);
    }

    public HealthState state() {
        return state;
    }

    public List<Result> results() {
        return results;
    }

    long tick() {
        return tick;
    }

    public boolean isReady() {
        return all.up();
    }

    public Answer all() {
        return all;
    }

    public Answer live() {
        return live;
    }

    public Answer ready() {
        return ready;
    }

    public Answer started() {
        return started;
    }

    boolean saysTheSameAs(HealthReport other) {
        return state == other.state && results.equals(other.results);
    }

    private List<Result> ofType(HealthCheckType type) {
        Predicate<Result> wanted = result -> result.type() == type;
        return results.stream().filter(wanted).toList();
    }

    private Result isServing() {
        return life("serving", HealthCheckType.READINESS, state == HealthState.SERVING);
    }

    private Result hasStarted() {
        return life("started", HealthCheckType.STARTUP, state != HealthState.STARTING);
    }

    private Result life(String name, HealthCheckType type, boolean up) {
        return new Result(name, type, up ? Status.UP : Status.DOWN, Map.of("state", state.name()));
    }

    private static List<Result> and(List<Result> results, Result one) {
        List<Result> more = new ArrayList<>(results);
        more.add(one);
        return more;
    }

    /** All checks, as the status document shows them. */
    Map<String, Object> document() {
        return document(all.up(), and(results, isServing()));
    }

    static Answer answer(List<Result> results) {
        boolean up = results.stream().allMatch(result -> result.status() == Status.UP);
        return new Answer(up, Json.line(document(up, results)));
    }

    private static Map<String, Object> document(boolean up, List<Result> results) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", up ? Status.UP : Status.DOWN);
        document.put("checks", results.stream().map(Result::document).toList());
        return document;
    }

    /** What one check said. */
    public record Result(
            String name, HealthCheckType type, Status status, Map<String, Object> details) {
        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("name", name);
            document.put("status", status);
            if (!details.isEmpty()) {
                document.put("data", details);
            }
            return document;
        }
    }

    /** The answer to a probe. */
    public static final class Answer {
        private final boolean up;
        private final byte[] json;

        Answer(boolean up, byte[] json) {
            this.up = up;
            this.json = json;
        }

        public boolean up() {
            return up;
        }

        /** Written out once; not to be changed. */
        public byte[] json() {
            return json;
        }
    }
}
