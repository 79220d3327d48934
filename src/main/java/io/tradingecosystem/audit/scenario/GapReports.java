package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.ReportedGap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.OwnAppend;
import io.tradingecosystem.audit.store.OwnOutcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes the word of senders that they lost events, as events of the log in the correlator's words.
 * Thread-safe.
 */
public final class GapReports {
    private static final int MAX_NAME = 256;
    private static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");

    private final EventLog log;
    private final EventAliases aliases;
    private final Duration max;
    private final Duration future;
    private final InstantSource clock;

    /**
     * Reports into a log.
     *
     * @param max how long a gap may be
     * @param future how far its end may lie ahead of our clock; a day at most, as none that ends
     *     later is believed
     */
    public GapReports(
            EventLog log,
            EventAliases aliases,
            Duration max,
            Duration future,
            InstantSource clock) {
        this.log = log;
        this.aliases = aliases;
        this.max = max;
        this.future =
                future.compareTo(TouchedWindows.DISORDER) < 0 ? future : TouchedWindows.DISORDER;
        this.clock = clock;
    }

    /**
     * Where it is in the log.
     *
     * @param id of the event that tells it
     * @param position of that event
     * @param isNew whether it was not there before
     */
    public record Told(String id, long position, boolean isNew) {}

    /**
     * Tells the log of a service that the teller may speak for; the same service's same time is
     * told once. Returns when it is on disk.
     *
     * @param maySpeakFor whether somebody may say so of a service, by its one name
     * @throws InvalidGapException naming every problem
     * @throws io.tradingecosystem.audit.store.LogUnavailableException if it cannot be written
     */
    public Told tell(ReportedGap reported, Predicate<String> maySpeakFor) {
        ReportedGap gap = reported.of(aliases.service(reported.service()));
        List<String> problems = problems(gap);
        if (!maySpeakFor.test(gap.service())) {
            throw new ForeignGapException(gap);
        }
        if (!problems.isEmpty()) {
            throw new InvalidGapException(problems);
        }
        AuditEvent event = VerdictEvents.gap(gap);
        // Not new as well is the same time, told by somebody else, or for another reason.
        OwnOutcome outcome = OwnAppend.to(log, List.of(event)).getFirst();
        return new Told(outcome.id(), outcome.position(), outcome.isNew());
    }

    private List<String> problems(ReportedGap reported) {
        Gap gap = reported.gap();
        Instant now = clock.instant();
        List<String> problems = new ArrayList<>();
        if (reported.service().isBlank() || reported.service().length() > MAX_NAME) {
            problems.add("the service has 1 to " + MAX_NAME + " characters");
        }
        if (!gap.from().isBefore(gap.to())) {
            problems.add("from " + gap.from() + " is not before to " + gap.to());
        }
        if (gap.from().isBefore(YEAR_2000)) {
            problems.add("from " + gap.from() + " lies before the year 2000");
        }
        if (gap.to().isAfter(now.plus(future))) {
            problems.add("to " + gap.to() + " lies more than " + future + " ahead of our clock");
        }
        if (gap.from().isBefore(gap.to().minus(max))) {
            problems.add("it is longer than " + max + ", which scenario.max-gap allows");
        }
        return problems;
    }
}
