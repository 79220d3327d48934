package io.tradingecosystem.audit.comparison;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who says other things than before. Messages are counted by template for each kind of span that
 * they are within, so that more requests alone change nothing.
 */
final class LogChanges {
    /** Standard errors, below which a change does not count. */
    static final double MIN_DISTANCE = 2;

    private LogChanges() {}

    static Map<String, Change> of(Sample run, Sample baseline) {
        Map<Step, Within> own = within(run);
        Map<Step, Within> other = within(baseline);
        Map<String, Change> changes = new TreeMap<>();
        own.forEach(
                (span, now) -> {
                    Within before = other.get(span);
                    if (before != null) {
                        add(span, now, before, changes);
                    }
                });
        return changes;
    }

    private static void add(Step span, Within now, Within before, Map<String, Change> changes) {
        TreeSet<String> said = new TreeSet<>(now.said.keySet());
        said.addAll(before.said.keySet());
        for (String each : said) {
            long count = now.said.getOrDefault(each, 0L);
            long was = before.said.getOrDefault(each, 0L);
            double distance = Math.abs(Rates.distance(count, now.spans, was, before.spans));
            if (distance >= MIN_DISTANCE) {
                String sentence =
                        "\"%s\" %d times in %d spans %s; before %d times in %d"
                                .formatted(each, count, now.spans, span.type(), was, before.spans);
                changes.merge(span.service(), new Change(distance, sentence), Change::greater);
            }
        }
    }

    private static Map<Step, Within> within(Sample sample) {
        Map<Step, Within> within = new TreeMap<>();
        for (Fact fact : sample.facts()) {
            if (fact.isSpan()) {
                within.computeIfAbsent(fact.step(), step -> new Within()).spans++;
            }
        }
        for (Fact fact : sample.facts()) {
            Optional<Fact> span = fact.isSpan() ? Optional.empty() : sample.parent(fact);
            span.map(each -> within.get(each.step()))
                    .ifPresent(each -> each.said.merge(said(fact), 1L, Long::sum));
        }
        return within;
    }

    private static String said(Fact fact) {
        String words = fact.template().isEmpty() ? fact.step().type() : fact.template();
        return fact.severity() + " " + words;
    }

    private static final class Within {
        private final Map<String, Long> said = new TreeMap<>();
        private long spans;
    }
}
