package io.tradingecosystem.audit.api.verdicts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.verdicts.RunOutcomes.Answer;
import io.tradingecosystem.audit.scenario.outcomes.ExpectationOutcome;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;

import java.time.Instant;

/** What became of a run, as JSON. */
final class OutcomeJson {
    private OutcomeJson() {}

    /**
     * Writes an answer.
     *
     * @param at what time it is here
     */
    static ObjectNode write(Answer answer, Instant at) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("scenario_id", answer.question().run())
                        .put("status", answer.outcome().status().name())
                        .put("settled", answer.outcome().isSettled())
                        .put("reason", answer.outcome().reason())
                        .put("as_of", answer.asOf().toString())
                        .put("at", at.toString());
        node.set("evidence", answer.evidence().toJson());
        ArrayNode list = node.putArray("expectations");
        answer.outcome().expectations().forEach(each -> write(each, list.addObject()));
        ProgressAnswers.write("links", answer.links(), node);
        ProgressAnswers.write("verdicts", answer.verdicts(), node);
        Incomplete.write(answer.incomplete(), node);
        return node;
    }

    private static void write(ExpectationOutcome outcome, ObjectNode node) {
        node.put("name", outcome.name())
                .put("version", outcome.version())
                .put("scenario", outcome.scenario())
                .put("critical", outcome.critical())
                .put("status", outcome.status().name())
                .put("final", outcome.isFinal())
                .put("all_final", outcome.allFinal())
                .put("occurrences", outcome.occurrences())
                .put("reason", outcome.reason());
        ObjectNode statuses = node.putObject("statuses");
        outcome.statuses().forEach((status, count) -> statuses.put(status.name(), count));
        ArrayNode deciding = node.putArray("deciding");
        outcome.deciding().forEach(verdict -> write(verdict, deciding.addObject()));
    }

    private static void write(Verdict verdict, ObjectNode node) {
        node.put("verdict_id", verdict.id())
                .put("version", verdict.version())
                .put("trigger_id", verdict.triggerId())
                .put("triggered_at", verdict.triggeredAt().toString())
                .put("status", verdict.status().name())
                .put("final", verdict.isFinal())
                .put("reason", verdict.reason());
    }
}
