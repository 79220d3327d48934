package io.tradingecosystem.audit.api.comparisons;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.comparisons.RunComparisons.Answer;
import io.tradingecosystem.audit.comparison.Comparison;
import io.tradingecosystem.audit.comparison.Difference;
import io.tradingecosystem.audit.comparison.HopChange;
import io.tradingecosystem.audit.comparison.MessageChange;
import io.tradingecosystem.audit.comparison.Ranking;
import io.tradingecosystem.audit.comparison.Ranking.Suspect;
import io.tradingecosystem.audit.comparison.Run;
import io.tradingecosystem.audit.comparison.ServiceRates;
import io.tradingecosystem.audit.comparison.Step;
import io.tradingecosystem.audit.comparison.TimeShift;
import io.tradingecosystem.audit.correlation.analysis.Delays;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A comparison as JSON; times in seconds. */
final class ComparisonJson {
    private ComparisonJson() {}

    static ObjectNode write(Answer answer) {
        Comparison comparison = answer.comparison();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        run(comparison.run(), node.putObject("run"));
        ArrayNode baselines = node.putArray("baselines");
        comparison.baselines().forEach(each -> run(each, baselines.addObject()));
        node.put("same", comparison.isSame()).put("complete", comparison.isComplete());
        ranking(comparison.ranking(), node.putObject("ranking"));
        ArrayNode differences = node.putArray("differences");
        comparison.differences().forEach(each -> difference(each, differences.addObject()));
        ArrayNode hops = node.putArray("hop_changes");
        comparison.hopChanges().forEach(each -> hop(each, hops.addObject()));
        ArrayNode rates = node.putArray("rates");
        comparison.rates().forEach(each -> rates(each, rates.addObject()));
        ArrayNode messages = node.putArray("messages");
        comparison.messages().forEach(each -> message(each, messages.addObject()));
        shifts("own_times", comparison.ownTimes(), node);
        shifts("durations", comparison.durations(), node);
        shifts("rules", comparison.rules(), node);
        shifts("hops", comparison.hops(), node);
        Incomplete.write(comparison.incomplete(), node);
        ProgressAnswers.write("verdicts", answer.verdicts(), node);
        ProgressAnswers.write("links", answer.links(), node);
        return node;
    }

    private static void run(Run run, ObjectNode node) {
        node.put("scenario_id", run.id())
                .put("events", run.events())
                .put("aligned_by", word(run.anchor().by()))
                .put("anchor_id", run.anchor().eventId())
                .put("anchor_at", Times.format(run.anchor().at()))
                .put("expectation", run.anchor().expectation())
                .put("last_at", Times.format(run.lastAt()))
                .put("complete", run.complete())
                .put("still_open", run.stillOpen())
                .put("sentence", ComparisonWords.of(run));
        Incomplete.write(run.incomplete(), node);
    }

    private static void ranking(Ranking ranking, ObjectNode node) {
        node.put("most_likely", ranking.mostLikely().orElse(""))
                .put("reason", ranking.reason())
                .put("sentence", ComparisonWords.of(ranking))
                .put("margin", ranking.margin())
                .put("quiet_margin", ranking.quietMargin())
                .put("quiet", word(ranking.quiet()))
                .put("quiet_sentence", ComparisonWords.quiet(ranking));
        ArrayNode suspects = node.putArray("suspects");
        ranking.suspects().forEach(each -> suspect(each, suspects.addObject()));
    }

    private static void suspect(Suspect suspect, ObjectNode node) {
        ArrayNode evidence =
                node.put("service", suspect.service())
                        .put("score", suspect.score())
                        .putArray("evidence");
        suspect.evidence()
                .forEach(
                        each ->
                                evidence.addObject()
                                        .put("signal", word(each.signal()))
                                        .put("place", each.place())
                                        .put("sentence", each.sentence()));
    }

    private static void difference(Difference each, ObjectNode node) {
        node.put("kind", word(each.kind()));
        step(each.step(), node.putObject("step"));
        each.before().ifPresent(before -> step(before, node.putObject("before")));
        node.put("count", each.count())
                .put("baseline_min", each.baselineMin())
                .put("baseline_max", each.baselineMax());
        seconds("first", each.first(), node);
        seconds("baseline_first", each.baselineFirst(), node);
        node.put("sentence", ComparisonWords.of(each));
    }

    private static void step(Step step, ObjectNode node) {
        node.put("service", step.service()).put("type", step.type());
        if (!step.operation().isEmpty()) {
            node.put("operation", step.operation());
        }
    }

    private static void seconds(String name, Optional<Duration> time, ObjectNode node) {
        time.ifPresent(each -> node.put(name, VerdictJson.seconds(each)));
    }

    private static void hop(HopChange each, ObjectNode node) {
        node.put("from", each.from())
                .put("to", each.to())
                .put("count", each.count())
                .put("baseline_count", each.baselineCount())
                .put("sentence", ComparisonWords.of(each));
    }

    private static void rates(ServiceRates each, ObjectNode node) {
        node.put("service", each.service());
        counts(each.run(), node.putObject("run"));
        counts(each.baseline(), node.putObject("baseline"));
    }

    private static void counts(ServiceRates.Counts counts, ObjectNode node) {
        node.put("events", counts.events())
                .put("errors", counts.errors())
                .put("warnings", counts.warnings());
    }

    private static void message(MessageChange each, ObjectNode node) {
        node.put("service", each.service())
                .put("template", each.template())
                .put("count", each.count())
                .put("baseline_count", each.baselineCount());
    }

    private static void shifts(String name, List<TimeShift> shifts, ObjectNode node) {
        ArrayNode list = node.putArray(name);
        for (TimeShift each : shifts) {
            ObjectNode row = list.addObject().put("name", each.name());
            delays("run", each.times().actual(), row);
            delays("baseline", each.times().baseline(), row);
            each.times().ratio().ifPresent(ratio -> row.put("ratio", ratio));
        }
    }

    private static void delays(String name, Optional<Delays> delays, ObjectNode node) {
        delays.ifPresent(
                each ->
                        node.putObject(name)
                                .put("count", each.count())
                                .put("min", VerdictJson.seconds(each.min()))
                                .put("p50", VerdictJson.seconds(each.p50()))
                                .put("p90", VerdictJson.seconds(each.p90()))
                                .put("p99", VerdictJson.seconds(each.p99()))
                                .put("max", VerdictJson.seconds(each.max())));
    }

    /** A constant as answers have it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
