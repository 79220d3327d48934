package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.store.LostEvents;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In which time lost events may have occurred. Where no index tells, that is any time before they
 * were recorded, unless somebody who knows the senders says how late they are at most.
 *
 * @param maxAge how far from when they were recorded events occurred at most
 * @param future how long behind that they may have occurred in any case
 */
record GapTimes(Optional<Duration> maxAge, Duration future) {

    /** The time in which something was lost, up to when it was recorded. */
    Gap gap(LostEvents lost) {
        return new Gap(since(lost), lost.until(), reason(lost));
    }

    /** The time behind it. A gap that has not ended keeps what it touches waiting. */
    Optional<Gap> ahead(LostEvents lost) {
        Instant until = lost.certain() ? lost.latest() : lost.until().plus(ahead());
        return Optional.of(new Gap(lost.until(), until, reason(lost)))
                .filter(gap -> gap.to().isAfter(gap.from()));
    }

    /** Both. */
    Stream<Gap> all(LostEvents lost) {
        return Stream.concat(Stream.of(gap(lost)), ahead(lost).stream());
    }

    private Duration ahead() {
        return maxAge.filter(age -> age.compareTo(future) < 0).orElse(future);
    }

    private static String reason(LostEvents lost) {
        return "events %d to %d of the log were lost to damage".formatted(lost.from(), lost.to());
    }

    private Instant since(LostEvents lost) {
        return lost.certain() ? lost.since() : latest(lost.since(), reported(lost));
    }

    private Instant reported(LostEvents lost) {
        return maxAge.map(age -> lost.after().minus(age)).orElse(lost.since());
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** When some occurred and were recorded, as a clause. */
    String clause(LostEvents lost) {
        if (lost.certain()) {
            return "which occurred from %s and were recorded before %s"
                    .formatted(lost.since(), lost.until());
        }
        String assumed =
                maxAge.isEmpty()
                        ? "at any time: no index tells, and --max-age is not given"
                        : "from %s, as --max-age says".formatted(since(lost));
        return "which were recorded before %s and may have occurred %s"
                .formatted(lost.until(), assumed);
    }
}
