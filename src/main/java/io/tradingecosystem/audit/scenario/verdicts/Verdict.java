package io.tradingecosystem.audit.scenario.verdicts;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether one occurrence of a trigger was followed by what an expectation asks for. Immutable.
 *
 * <p>Everything in it but {@code version}, {@code isFinal}, {@code lateBy} and {@code decidedAt} is
 * a pure function of the expectation, the trigger and the events, so that judging a log again gives
 * the same, byte for byte, whatever order they came in.
 *
 * @param id names the occurrence: made of the expectation's name and the trigger's id
 * @param version from 1; a late event that changes the verdict adds a version. 0 while pending
 * @param expectation the expectation's name
 * @param expectationVersion its version
 * @param scenario the kind of chaos run
 * @param critical whether the expectation is critical
 * @param scenarioId the chaos run of the trigger, or empty
 * @param triggerId the event that started the clock
 * @param triggeredAt its occurred_at
 * @param status the verdict
 * @param isFinal whether all windows and their lateness are over: only what comes too late, or word
 *     of a loss, can amend it
 * @param lateBy how long after it ended the event was recorded that amended a final verdict; zero
 *     otherwise
 * @param decidedAt the event time at which it was certain; the deadline while pending
 * @param deadline when the last window ends, by event time
 * @param reason a sentence for people
 * @param findings one per expected effect, forbidden effect and SLA, in the expectation's order; of
 *     a run one for each of what is asked of it
 */
public record Verdict(
        String id,
        int version,
        String expectation,
        String expectationVersion,
        String scenario,
        boolean critical,
        String scenarioId,
        String triggerId,
        Instant triggeredAt,
        Status status,
        boolean isFinal,
        Duration lateBy,
        Instant decidedAt,
        Instant deadline,
        String reason,
        List<Finding> findings) {

    public Verdict {
        findings = List.copyOf(findings);
    }

    /** What findings say of whose state a status is, one clause behind the other. */
    public static String reason(Status status, List<Finding> findings) {
        State deciding = deciding(status);
        StringBuilder reason = new StringBuilder();
        for (Finding finding : findings) {
            if (finding.state() == deciding) {
                reason.append(reason.isEmpty() ? "" : "; ");
                reason.append(finding.name()).append(' ').append(finding.reason());
            }
        }
        return reason.toString();
    }

    private static State deciding(Status status) {
        return switch (status) {
            case PASSED -> State.MET;
            case FAILED -> State.MISSED;
            case PENDING -> State.OPEN;
            case INCONCLUSIVE -> State.UNCERTAIN;
        };
    }

    /** Whether it is on all that occurred in a run. */
    public boolean isOfRun() {
        return !findings.isEmpty() && findings.getFirst().kind() == Kind.RUN;
    }

    /** The same verdict as version {@code number}. */
    public Verdict withVersion(int number) {
        return with(number, isFinal, lateBy, decidedAt);
    }

    /** The same verdict, final or not. */
    public Verdict asFinal(boolean nowFinal) {
        return nowFinal == isFinal ? this : with(version, nowFinal, lateBy, decidedAt);
    }

    /** The same verdict with what depends on when it was made. */
    public Verdict with(
            int newVersion, boolean nowFinal, Duration newLateBy, Instant newDecidedAt) {
        return new Verdict(
                id,
                newVersion,
                expectation,
                expectationVersion,
                scenario,
                critical,
                scenarioId,
                triggerId,
                triggeredAt,
                status,
                nowFinal,
                newLateBy,
                newDecidedAt,
                deadline,
                reason,
                findings);
    }

    /** The same verdict with another status. */
    Verdict standing(Status other, String otherReason) {
        return new Verdict(
                id,
                version,
                expectation,
                expectationVersion,
                scenario,
                critical,
                scenarioId,
                triggerId,
                triggeredAt,
                other,
                isFinal,
                lateBy,
                decidedAt,
                deadline,
                otherReason,
                findings);
    }

    /** What was found. */
    public enum Status {
        /** All that was expected came in time, and nothing that was forbidden. */
        PASSED,
        /** Something did not come, came too late, too often, or was forbidden. */
        FAILED,
        /** Not certain yet. */
        PENDING,
        /** It cannot be known: data may be missing, or it is too close to call. */
        INCONCLUSIVE
    }

    /** What a finding is about. */
    public enum Kind {
        EFFECT,
        FORBIDDEN,
        /** Events whose number must come into a band. */
        STEADY,
        SLA,
        /** All occurrences of a run. */
        RUN
    }

    /** How it stands with one part of the expectation. */
    public enum State {
        MET,
        MISSED,
        OPEN,
        UNCERTAIN
    }

    /**
     * How it stands with one part of the expectation.
     *
     * @param name the part's name
     * @param kind what it is about
     * @param state how it stands
     * @param limit the time allowed
     * @param at the event time at which the state was certain
     * @param reason a sentence for people
     * @param sightings the events that counted, oldest first; at most {@link #MAX_SIGHTINGS}
     * @param nearestMiss the event that came nearest to counting, where the part was missed
     * @param figures what was counted of a run, by name; empty for others
     */
    public record Finding(
            String name,
            Kind kind,
            State state,
            Duration limit,
            Instant at,
            String reason,
            List<Sighting> sightings,
            Optional<NearestMiss> nearestMiss,
            Map<String, BigDecimal> figures) {
        /** More are counted, not listed. */
        public static final int MAX_SIGHTINGS = 20;

        public Finding {
            sightings = List.copyOf(sightings);
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }

        /** A finding of one occurrence, which has no figures. */
        public Finding(
                String name,
                Kind kind,
                State state,
                Duration limit,
                Instant at,
                String reason,
                List<Sighting> sightings,
                Optional<NearestMiss> nearestMiss) {
            this(name, kind, state, limit, at, reason, sightings, nearestMiss, Map.of());
        }
    }

    /**
     * An event that counted.
     *
     * @param eventId its id
     * @param service its service
     * @param type its type
     * @param occurredAt when it occurred
     * @param delay since the trigger; negative if the source's clock says it came before
     */
    public record Sighting(
            String eventId, String service, String type, Instant occurredAt, Duration delay) {}

    /** Why an event did not count. */
    public enum Miss {
        TOO_LATE,
        BEFORE_TRIGGER,
        OUT_OF_ORDER,
        OTHER_KEY
    }

    /**
     * An event that nearly counted.
     *
     * @param why why it did not
     * @param by by how much: the time over the limit or before the trigger; zero for another key
     * @param event the event
     * @param explanation a clause for people, such as {@code came 1.7 s too late}
     */
    public record NearestMiss(Miss why, Duration by, Sighting event, String explanation) {}
}
