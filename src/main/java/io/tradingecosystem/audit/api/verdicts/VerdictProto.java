package io.tradingecosystem.audit.api.verdicts;

import static io.tradingecosystem.audit.server.grpc.Protobuf.duration;
import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.v1.Finding;
import io.tradingecosystem.audit.v1.NearestMiss;
import io.tradingecosystem.audit.v1.Sighting;
import io.tradingecosystem.audit.v1.Verdict.Status;

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
                        .setTriggeredAt(timestamp(verdict.triggeredAt()))
                        .setStatus(status(verdict.status()))
                        .setDecidedAt(timestamp(verdict.decidedAt()))
                        .setDeadline(timestamp(verdict.deadline()))
                        .setReason(verdict.reason())
                        .setFinal(verdict.isFinal());
        if (!verdict.lateBy().isZero()) {
            message.setLateBy(duration(verdict.lateBy()));
        }
        verdict.findings().forEach(finding -> message.addFindings(message(finding)));
        return message.build();
    }

    static io.tradingecosystem.audit.v1.Tally message(Tally tally) {
        var message =
                io.tradingecosystem.audit.v1.Tally.newBuilder()
                        .setScenario(tally.scenario())
                        .setTotal(tally.total())
                        .setPassed(tally.count(Verdict.Status.PASSED))
                        .setFailed(tally.count(Verdict.Status.FAILED))
                        .setPending(tally.count(Verdict.Status.PENDING))
                        .setInconclusive(tally.count(Verdict.Status.INCONCLUSIVE))
                        .setFirstAt(timestamp(tally.firstAt()))
                        .setLastAt(timestamp(tally.lastAt()))
                        .setLastStatus(status(tally.lastStatus()))
                        .setKept(tally.kept());
        tally.complete().ifPresent(message::setComplete);
        return message.build();
    }

    static Status status(Verdict.Status status) {
        return Status.valueOf(status.name());
    }

    private static Finding message(Verdict.Finding finding) {
        Finding.Builder message =
                Finding.newBuilder()
                        .setName(finding.name())
                        .setKind(Finding.Kind.valueOf(finding.kind().name()))
                        .setState(Finding.State.valueOf(finding.state().name()))
                        .setLimit(duration(finding.limit()))
                        .setAt(timestamp(finding.at()))
                        .setReason(finding.reason());
        finding.sightings().forEach(sighting -> message.addSightings(message(sighting)));
        finding.figures().forEach((name, value) -> message.putFigures(name, value.toPlainString()));
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
                .setOccurredAt(timestamp(sighting.occurredAt()))
                .setDelay(duration(sighting.delay()))
                .build();
    }
}
