package io.tradingecosystem.audit.comparison;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who fails more often. An error within a span within which another service failed is explained by
 * that one and does not count.
 */
final class ErrorChanges {
    private ErrorChanges() {}

    static Map<String, Change> of(Sample run, Sample baseline) {
        Map<String, Failures> own = failures(run);
        Map<String, Failures> other = failures(baseline);
        Map<String, Change> changes = new TreeMap<>();
        own.forEach(
                (service, now) -> {
                    Failures before = other.getOrDefault(service, Failures.NONE);
                    double distance =
                            Rates.distance(now.errors, now.events, before.errors, before.events);
                    if (now.errors > 0 && distance > 0) {
                        changes.put(service, new Change(distance, sentence(now, before)));
                    }
                });
        return changes;
    }

    private static String sentence(Failures now, Failures before) {
        return "%d of %d events are errors that no service below explains; before %d of %d"
                .formatted(now.errors, now.events, before.errors, before.events);
    }

    private static Map<String, Failures> failures(Sample sample) {
        Set<String> explained = sample.spansOverErrors();
        Map<String, Failures> failures = new TreeMap<>();
        for (Fact fact : sample.facts()) {
            boolean error =
                    fact.isError()
                            && !explained.contains(fact.span())
                            && !explained.contains(fact.parent());
            failures.merge(fact.service(), new Failures(error ? 1 : 0, 1), Failures::and);
        }
        return failures;
    }

    private record Failures(long errors, long events) {
        static final Failures NONE = new Failures(0, 0);

        Failures and(Failures more) {
            return new Failures(errors + more.errors, events + more.events);
        }
    }
}
