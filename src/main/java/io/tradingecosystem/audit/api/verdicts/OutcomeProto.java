package io.tradingecosystem.audit.api.verdicts;

import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.verdicts.RunOutcomes.Answer;
import io.tradingecosystem.audit.scenario.outcomes.ExpectationOutcome;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.v1.GetOutcomeResponse;

import java.time.Instant;

/** What became of a run, as messages. */
final class OutcomeProto {
    private OutcomeProto() {}

    /**
     * An answer.
     *
     * @param at what time it is here
     */
    static GetOutcomeResponse message(Answer answer, Instant at) {
        GetOutcomeResponse.Builder message =
                GetOutcomeResponse.newBuilder()
                        .setScenarioId(answer.question().run())
                        .setStatus(VerdictProto.status(answer.outcome().status()))
                        .setSettled(answer.outcome().isSettled())
                        .setReason(answer.outcome().reason())
                        .setAsOf(answer.asOf().toString())
                        .setAt(timestamp(at))
                        .setJudged(answer.evidence().judged())
                        .setComplete(answer.evidence().complete())
                        .addAllIncomplete(Incomplete.messages(answer.incomplete()))
                        .setVerdictsProgress(ProgressAnswers.message(answer.verdicts()))
                        .setLinksProgress(ProgressAnswers.message(answer.links()));
        answer.outcome().expectations().forEach(each -> message.addExpectations(message(each)));
        return message.build();
    }

    private static io.tradingecosystem.audit.v1.ExpectationOutcome message(
            ExpectationOutcome outcome) {
        var message =
                io.tradingecosystem.audit.v1.ExpectationOutcome.newBuilder()
                        .setName(outcome.name())
                        .setVersion(outcome.version())
                        .setScenario(outcome.scenario())
                        .setCritical(outcome.critical())
                        .setStatus(VerdictProto.status(outcome.status()))
                        .setFinal(outcome.isFinal())
                        .setAllFinal(outcome.allFinal())
                        .setOccurrences(outcome.occurrences())
                        .setPassed(count(outcome, Status.PASSED))
                        .setFailed(count(outcome, Status.FAILED))
                        .setPending(count(outcome, Status.PENDING))
                        .setInconclusive(count(outcome, Status.INCONCLUSIVE))
                        .setReason(outcome.reason());
        outcome.deciding().forEach(each -> message.addDeciding(VerdictProto.message(each)));
        return message.build();
    }

    private static int count(ExpectationOutcome outcome, Status status) {
        return outcome.statuses().getOrDefault(status, 0);
    }
}
