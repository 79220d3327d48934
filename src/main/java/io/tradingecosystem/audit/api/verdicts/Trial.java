package io.tradingecosystem.audit.api.verdicts;

import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.scenario.ExpectationTrials;
import io.tradingecosystem.audit.scenario.ExpectationTrials.Answer;
import io.tradingecosystem.audit.scenario.TrialQuestion;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictPages;
import io.tradingecosystem.audit.v1.TryExpectationResponse;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an expectation would have said, as both doors tell it. Immutable.
 *
 * @param shown the verdicts that there is room for
 */
record Trial(Answer answer, List<Verdict> shown) {

    /**
     * Tries an expectation.
     *
     * @param max at most so many verdicts are shown
     * @throws ProblemException NOT_FOUND if nothing is stored of the run that is asked for
     */
    static Trial of(ExpectationTrials trials, TrialQuestion question, int max) {
        Answer answer = trials.judge(question);
        String run = question.scenarioId();
        if (!run.isEmpty()
                && answer.history().events().stream()
                        .noneMatch(event -> event.scenarioId().equals(run))) {
            throw ProblemException.unknown("event of the scenario", run);
        }
        List<Verdict> shown = VerdictPages.worst(answer.outcome().verdicts(), max);
        Disclosures.items(shown.size());
        return new Trial(answer, shown);
    }

    private List<Omission> incomplete() {
        long hidden = (long) answer.outcome().verdicts().size() - shown.size();
        return Stream.concat(
                        Omission.ifAny(Bound.REPORT_SIZE, hidden),
                        answer.outcome().incomplete().stream())
                .toList();
    }

    ObjectNode json() {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", answer.definition().name())
                        .put("version", answer.definition().version())
                        .put("status", answer.status().name());
        ObjectNode results = node.putObject("results");
        for (Status status : Status.values()) {
            results.put(status.name(), answer.outcome().count(status));
        }
        node.put("events", answer.history().events().size())
                .put("from", answer.history().from().toString())
                .put("to", answer.history().to().toString());
        var verdicts = node.putArray("verdicts");
        shown.forEach(each -> verdicts.add(VerdictJson.write(each)));
        node.put("count", shown.size());
        answer.warnings().forEach(node.putArray("warnings")::add);
        Incomplete.write(incomplete(), node);
        return node;
    }

    TryExpectationResponse message() {
        TryExpectationResponse.Builder message =
                TryExpectationResponse.newBuilder()
                        .setName(answer.definition().name())
                        .setVersion(answer.definition().version())
                        .setStatus(VerdictProto.status(answer.status()))
                        .setPassed(answer.outcome().count(Status.PASSED))
                        .setFailed(answer.outcome().count(Status.FAILED))
                        .setPending(answer.outcome().count(Status.PENDING))
                        .setInconclusive(answer.outcome().count(Status.INCONCLUSIVE))
                        .setEvents(answer.history().events().size())
                        .setFrom(timestamp(answer.history().from()))
                        .setTo(timestamp(answer.history().to()))
                        .addAllWarnings(answer.warnings())
                        .addAllIncomplete(Incomplete.messages(incomplete()));
        shown.forEach(each -> message.addVerdicts(VerdictProto.message(each)));
        return message.build();
    }
}
