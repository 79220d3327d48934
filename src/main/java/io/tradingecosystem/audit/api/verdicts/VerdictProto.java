package io.tradingecosystem.audit.api.verdicts;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.v1.Finding;
import io.tradingecosystem.audit.v1.NearestMiss;
import io.tradingecosystem.audit.v1.Sighting;
import io.tradingecosystem.audit.v1.Verdict.Status;

import java.time.Instant;
import java.util.Optional;

/** Verdicts as messages. */
final class VerdictProto {
    private VerdictProto() {}

    static io.tradingecosystem.audit.v1.Verdict message(Verdict verdict) {
        var message =
                io.tradingecosystem.audit.v1.Verdict.newBuilder()
                        .setId(verdict.id())
                        .setVersion(verdict.version())
                        .setExpectation(verdict.expectation())
                        .setExpectationVersion(verdict.expectationVersion())
                        .setScenario(verdict.scenario())
                        .setCritical(verdict.critical())
                        .setScenarioId(verdict.scenarioId())
                        .setTriggerId(verdict.triggerId())
                        .setTriggeredAt(time(verdict.triggeredAt()))
                        .setStatus(status(verdict.status()))
                        .setDecidedAt(time(verdict.decidedAt()))
                        .setDeadline(time(verdict.deadline()))
                        .setReason(verdict.reason());
        verdict.findings().forEach(finding -> message.addFindings(message(finding)));
        return message.build();
    }

    static io.tradingecosystem.audit.v1.Tally message(Tally tally) {
        return io.tradingecosystem.audit.v1.Tally.newBuilder()
                .setScenario(tally.scenario())
                .setTotal(tally.total())
                .setPassed(tally.count(Verdict.Status.PASSED))
                .setFailed(tally.count(Verdict.Status.FAILED))
                .setPending(tally.count(Verdict.Status.PENDING))
                .setInconclusive(tally.count(Verdict.Status.INCONCLUSIVE))
                .setFirstAt(time(tally.firstAt()))
                .setLastAt(time(tally.lastAt()))
                .setLastStatus(status(tally.lastStatus()))
                .build();
    }

    /** The status that is asked for; none if the caller named none. */
    static Optional<Verdict.Status> status(Status status) {
        return switch (status) {
            case PASSED -> Optional.of(Verdict.Status.PASSED);
            case FAILED -> Optional.of(Verdict.Status.FAILED);
            case PENDING -> Optional.of(Verdict.Status.PENDING);
            case INCONCLUSIVE -> Optional.of(Verdict.Status.INCONCLUSIVE);
            case STATUS_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static Status status(Verdict.Status status) {
        return switch (status) {
            case PASSED -> Status.PASSED;
            case FAILED -> Status.FAILED;
            case PENDING -> Status.PENDING;
            case INCONCLUSIVE -> Status.INCONCLUSIVE;
        };
    }

    private static Finding message(Verdict.Finding finding) {
        Finding.Builder message =
                Finding.newBuilder()
                        .setName(finding.name())
                        .setKind(Finding.Kind.valueOf(finding.kind().name()))
                        .setState(Finding.State.valueOf(finding.state().name()))
                        .setLimit(duration(finding.limit()))
                        .setAt(time(finding.at()))
                        .setReason(finding.reason());
        finding.sightings().forEach(sighting -> message.addSightings(message(sighting)));
        finding.nearestMiss()
                .ifPresent(
                        miss ->
                                message.setNearestMiss(
                                        NearestMiss.newBuilder()
                                                .setWhy(NearestMiss.Why.valueOf(miss.why().name()))
                                                .setBy(duration(miss.by()))
                                                .setEvent(message(miss.event()))
                                                .setExplanation(miss.explanation())));
        return message.build();
    }

    private static Sighting message(Verdict.Sighting sighting) {
        return Sighting.newBuilder()
                .setEventId(sighting.eventId())
                .setService(sighting.service())
                .setType(sighting.type())
                .setOccurredAt(time(sighting.occurredAt()))
                .setDelay(duration(sighting.delay()))
                .build();
    }

    private static Timestamp time(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /** Protobuf wants seconds and nanoseconds of one sign. */
    private static Duration duration(java.time.Duration duration) {
        boolean negative = duration.isNegative();
        java.time.Duration size = duration.abs();
        return Duration.newBuilder()
                .setSeconds(negative ? -size.getSeconds() : size.getSeconds())
                .setNanos(negative ? -size.getNano() : size.getNano())
                .build();
    }
}
