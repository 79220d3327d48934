package io.tradingecosystem.audit.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Messages of one kind that a service says more often or less often than before.
 *
 * @param service who says it
 * @param template the message, with {@code #} for what varies
 * @param count how often in the run
 * @param baselineCount how often in all its baselines together
 */
public record MessageChange(String service, String template, long count, long baselineCount) {

    /** What changed, the greatest change first; more of everything is no change. */
    static List<MessageChange> of(Sample run, Sample baseline) {
        Map<String, Map<String, Long>> own = said(run);
        Map<String, Map<String, Long>> other = said(baseline);
        TreeSet<String> services = new TreeSet<>(own.keySet());
        services.addAll(other.keySet());
        List<Sized> changes = new ArrayList<>();
        for (String service : services) {
            add(
                    service,
                    own.getOrDefault(service, Map.of()),
                    other.getOrDefault(service, Map.of()),
                    changes);
        }
        changes.sort(
                Comparator.comparingDouble(Sized::size)
                        .reversed()
                        .thenComparing(each -> each.change.service)
                        .thenComparing(each -> each.change.template));
        return changes.stream().map(Sized::change).toList();
    }

    private static void add(
            String service, Map<String, Long> own, Map<String, Long> other, List<Sized> changes) {
        long all = own.values().stream().mapToLong(Long::longValue).sum();
        long were = other.values().stream().mapToLong(Long::longValue).sum();
        TreeSet<String> templates = new TreeSet<>(own.keySet());
        templates.addAll(other.keySet());
        for (String template : templates) {
            long count = own.getOrDefault(template, 0L);
            long was = other.getOrDefault(template, 0L);
            double size = Math.abs(Rates.distance(count, all, was, were));
            boolean cameOrWent = count == 0 || was == 0;
            if (cameOrWent || size >= LogChanges.MIN_DISTANCE) {
                changes.add(new Sized(new MessageChange(service, template, count, was), size));
            }
        }
    }

    private static Map<String, Map<String, Long>> said(Sample sample) {
        Map<String, Map<String, Long>> said = new TreeMap<>();
        for (Fact fact : sample.facts()) {
            if (!fact.template().isEmpty()) {
                said.computeIfAbsent(fact.service(), service -> new TreeMap<>())
                        .merge(fact.template(), 1L, Long::sum);
            }
        }
        return said;
    }

    private record Sized(MessageChange change, double size) {}
}
