package io.tradingecosystem.audit.settings;

import java.time.Duration;

/**
 * How one peer is called.
 *
 * @param timeout for a call with all its attempts; the caller's own deadline where that is sooner
 * @param attemptTimeout for one attempt
 * @param maxInFlight the maximum of calls at once; more are refused at once rather than queued
 * @param maxResponseSize the largest answer taken, in bytes after decompression
 * @param retry when a failed attempt is made again
 * @param breaker when an instance is left alone
 * @param outlierEjection when an instance is chosen last
 * @param connection the connections to each instance
 * @param probe how its health is watched
 */
public record PeerPolicy(
        Duration timeout,
        Duration attemptTimeout,
        int maxInFlight,
        int maxResponseSize,
        Retry retry,
        Breaker breaker,
        OutlierEjection outlierEjection,
        Connection connection,
        Probe probe) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration MAX_DURATION = Duration.ofHours(1);

    static PeerPolicy defaults() {
        return new PeerPolicy(
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                256,
                4 << 20,
                new Retry(2, Duration.ofMillis(50), 0.1, 10),
                new Breaker(20, 0.5, Duration.ofSeconds(5), 2),
                new OutlierEjection(3, Duration.ofSeconds(5), Duration.ofMinutes(1)),
                new Connection(
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10)),
                new Probe(Duration.ofSeconds(10), Duration.ofSeconds(2), true));
    }

    static PeerPolicy from(Section section, PeerPolicy otherwise) {
        return new PeerPolicy(
                duration(section, "timeout", otherwise.timeout),
                duration(section, "attempt-timeout", otherwise.attemptTimeout),
                section.integer("max-in-flight", otherwise.maxInFlight, 1, 100_000),
                Math.toIntExact(
                        section.bytes(
                                "max-response-size",
                                otherwise.maxResponseSize,
                                1L << 10,
                                1L << 30)),
                Retry.from(section.section("retry"), otherwise.retry),
                Breaker.from(section.section("breaker"), otherwise.breaker),
                OutlierEjection.from(section.section("step-out"), otherwise.outlierEjection),
                Connection.from(section.section("connection"), otherwise.connection),
                Probe.from(section.section("probe"), otherwise.probe));
    }

    private static Duration duration(Section section, String name, Duration otherwise) {
        return section.duration(name, otherwise, SHORTEST, MAX_DURATION);
    }

    /**
     * When a failed attempt of an idempotent call is made again.
     *
     * @param attempts the maximum of further attempts of one call
     * @param delay before the first further attempt; doubles with each, and is drawn from the upper
     *     half
     * @param budget further attempts per call, in the long run
     * @param burst further attempts that are saved up while calls succeed
     */
    public record Retry(int attempts, Duration delay, double budget, int burst) {
        static Retry from(Section section, Retry otherwise) {
            return new Retry(
                    section.integer("attempts", otherwise.attempts, 0, 10),
                    duration(section, "delay", otherwise.delay),
                    section.decimal("budget", otherwise.budget, 0, 1),
                    section.integer("burst", otherwise.burst, 0, 1_000));
        }
    }

    /**
     * When an instance is left alone.
     *
     * @param calls over how many of its latest calls failures are counted
     * @param failureRatio the part of them that must fail
     * @param open how long it is left alone then
     * @param trials calls that must succeed after that before it counts as well again
     */
    public record Breaker(int calls, double failureRatio, Duration open, int trials) {
        static Breaker from(Section section, Breaker otherwise) {
            return new Breaker(
                    section.integer("calls", otherwise.calls, 1, 10_000),
                    section.decimal("failure-ratio", otherwise.failureRatio, 0.01, 1),
                    duration(section, "open", otherwise.open),
                    section.integer("trials", otherwise.trials, 1, 100));
        }
    }

    /**
     * When an instance is chosen last.
     *
     * @param after failures in a row
     * @param first for how long at first; doubles each time it fails again
     * @param max for how long at most
     */
    public record OutlierEjection(int after, Duration first, Duration max) {
        static OutlierEjection from(Section section, OutlierEjection otherwise) {
            return new OutlierEjection(
                    section.integer("after", otherwise.after, 1, 1_000),
                    duration(section, "first", otherwise.first),
                    duration(section, "most", otherwise.max));
        }
    }

    /**
     * The connections to each instance.
     *
     * @param timeout for connecting, and then for the first word of the other side
     * @param idle without calls for so long, a connection is closed
     * @param keepaliveTime silence while calls are in flight after which the other side is asked
     *     for a sign of life; gRPC allows no less than 10 s
     * @param keepaliveTimeout how long it may take to give one
     * @param drain what calls in flight get to finish when an instance leaves the registry
     */
    public record Connection(
            Duration timeout,
            Duration idle,
            Duration keepaliveTime,
            Duration keepaliveTimeout,
            Duration drain) {
        static Connection from(Section section, Connection otherwise) {
            return new Connection(
                    duration(section, "timeout", otherwise.timeout),
                    section.duration(
                            "idle", otherwise.idle, Duration.ofSeconds(1), Duration.ofDays(1)),
                    section.duration(
                            "keepalive-time",
                            otherwise.keepaliveTime,
                            Duration.ofSeconds(10),
                            Duration.ofDays(1)),
                    duration(section, "keepalive-timeout", otherwise.keepaliveTimeout),
                    duration(section, "drain", otherwise.drain));
        }
    }

    /**
     * How a peer's health is watched.
     *
     * @param interval how often each instance is asked
     * @param timeout for an answer
     * @param watch whether instances that can are asked to tell changes at once
     */
    public record Probe(Duration interval, Duration timeout, boolean watch) {
        static Probe from(Section section, Probe otherwise) {
            return new Probe(
                    section.duration(
                            "interval",
                            otherwise.interval,
                            Duration.ofMillis(100),
                            Duration.ofHours(1)),
                    duration(section, "timeout", otherwise.timeout),
                    section.flag("watch", otherwise.watch));
        }
    }
}
