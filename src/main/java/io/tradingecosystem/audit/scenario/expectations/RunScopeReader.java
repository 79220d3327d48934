package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what makes one verdict of a run.
 *
 * {@snippet lang = yaml :
 * run: {until: {type: scenario.ended}, silence: 30s}
 * each: {at-least: 95%, min-samples: 100}
 * measure:
 *   - {name: errors, event: {type: http.error}, rate: true, at-most: 5/s}
 * }
 */
final class RunScopeReader {
    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}([.]\\d{1,9})?%");
    private static final int MAX_SAMPLES = 1_000_000_000;

    private RunScopeReader() {}

    /**
     * What an expectation says of runs; empty if each occurrence has a verdict.
     *
     * @param follows whether anything must, or must not, follow an occurrence
     */
    static Optional<RunScope> read(DefinitionNode node, boolean follows) {
        if (!node.has("run")) {
            List.of("each", "measure").forEach(name -> needsRun(node, name));
            return Optional.empty();
        }
        if (!follows && node.has("each")) {
            node.problem("each", "stands without expect and never", "one of them beside it");
        }
        DefinitionNode run = node.child("run");
        Optional<EventPattern> until = run.optionalChild("until").map(EventPattern::read);
        boolean silent = run.has("silence");
        if (until.isEmpty() && !silent) {
            run.problem("", "does not say when a run is over", "until, silence or both");
        }
        RunScope scope =
                new RunScope(
                        until,
                        silent
                                ? Optional.of(
                                        DefinitionKind.within(run, "silence", RunScope.MAX_SILENCE))
                                : Optional.empty(),
                        follows ? Optional.of(each(node)) : Optional.empty(),
                        MeasureReader.read(node),
                        run.text("baseline", ""));
        run.finish();
        if (scope.baseline().isEmpty()
                && scope.measures().stream().anyMatch(Measure::hasBaseline)) {
            run.problem("baseline", "is missing", "the scenario_id of the run to compare with");
        }
        return Optional.of(scope);
    }

    private static void needsRun(DefinitionNode node, String name) {
        if (node.has(name)) {
            node.problem(name, "stands without run", "run: {silence: 30s} beside it");
        }
    }

    private static Share each(DefinitionNode node) {
        return node.optionalChild("each").map(RunScopeReader::share).orElse(Share.ALL);
    }

    private static Share share(DefinitionNode node) {
        Share share =
                new Share(
                        node.has("at-least") ? percent(node, "at-least") : Share.ALL.atLeast(),
                        node.whole("min-samples", 1, 1, MAX_SAMPLES));
        node.finish();
        return share;
    }

    private static BigDecimal percent(DefinitionNode node, String name) {
        String text = node.text(name);
        BigDecimal percent =
                PERCENT.matcher(text).matches()
                        ? new BigDecimal(text.substring(0, text.length() - 1))
                        : BigDecimal.ZERO;
        if (percent.signum() <= 0 || percent.compareTo(Share.ALL.atLeast()) > 0) {
            node.problem(name, "is " + text, "a share like 95% or 99.9%, above 0% up to 100%");
        }
        return percent;
    }
}
