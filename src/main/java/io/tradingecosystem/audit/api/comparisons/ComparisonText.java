package io.tradingecosystem.audit.api.comparisons;

import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.comparisons.RunComparisons.Answer;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.comparison.Comparison;
import io.tradingecosystem.audit.comparison.Difference;
import io.tradingecosystem.audit.comparison.Ranking.Evidence;
import io.tradingecosystem.audit.comparison.Ranking.Suspect;
import io.tradingecosystem.audit.comparison.Run;
import io.tradingecosystem.audit.comparison.ServiceRates;
import io.tradingecosystem.audit.comparison.ServiceRates.Counts;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A comparison for people. */
final class ComparisonText {
    private final StringBuilder text = new StringBuilder();

    private ComparisonText() {}

    static String write(Answer answer) {
        ComparisonText text = new ComparisonText();
        text.write(answer.comparison());
        text.unlessEmpty(ProgressAnswers.sentence("links", answer.links()));
        text.unlessEmpty(ProgressAnswers.sentence("verdicts", answer.verdicts()));
        return text.text.toString();
    }

    private void write(Comparison comparison) {
        run("run       ", comparison.run());
        comparison.baselines().forEach(each -> run("baseline  ", each));
        line("");
        line(ComparisonWords.of(comparison.ranking()));
        line("  " + ComparisonWords.quiet(comparison.ranking()));
        comparison.ranking().suspects().forEach(this::suspect);
        line("");
        line(ComparisonWords.summary(comparison));
        for (Difference.Kind kind : Difference.Kind.values()) {
            differences(kind, comparison);
        }
        list("hops that came or went", comparison.hopChanges(), ComparisonWords::of);
        list("errors and warnings", comparison.rates(), ComparisonText::of);
        list("messages", comparison.messages(), ComparisonWords::of);
        list("own times by service", comparison.ownTimes(), ComparisonWords::of);
        list("durations of spans", comparison.durations(), ComparisonWords::of);
        list("delays by rule", comparison.rules(), ComparisonWords::of);
        list("delays by cause and effect", comparison.hops(), ComparisonWords::of);
        incomplete(comparison.incomplete());
    }

    private void run(String title, Run run) {
        line(title + ComparisonWords.of(run));
        incomplete(run.incomplete());
    }

    private void incomplete(List<Omission> omissions) {
        omissions.forEach(each -> line("incomplete: " + each.explanation()));
    }

    private void suspect(Suspect suspect) {
        line(String.format(Locale.ROOT, "  %.2f  %s", suspect.score(), suspect.service()));
        for (Evidence each : suspect.evidence()) {
            line(
                    "        %s, place %d: %s"
                            .formatted(
                                    ComparisonJson.word(each.signal()),
                                    each.place(),
                                    each.sentence()));
        }
    }

    private void differences(Difference.Kind kind, Comparison comparison) {
        list(
                ComparisonJson.word(kind),
                comparison.differences().stream().filter(each -> each.kind() == kind).toList(),
                ComparisonWords::of);
    }

    private <T> void list(String title, List<T> rows, Function<T, String> words) {
        if (!rows.isEmpty()) {
            line("");
            line(title);
            rows.forEach(each -> line("  " + words.apply(each)));
        }
    }

    private static String of(ServiceRates rates) {
        return "%s: %s, baseline %s"
                .formatted(rates.service(), of(rates.run()), of(rates.baseline()));
    }

    private static String of(Counts counts) {
        return "%d errors and %d warnings of %d events"
                .formatted(counts.errors(), counts.warnings(), counts.events());
    }

    private void unlessEmpty(String sentence) {
        if (!sentence.isEmpty()) {
            line(sentence);
        }
    }

    /** What senders say must not look like a line of ours. */
    private void line(String line) {
        text.append(PrintableText.line(line).stripTrailing()).append('\n');
    }
}
