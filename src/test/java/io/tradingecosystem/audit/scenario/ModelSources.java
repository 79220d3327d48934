package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Source;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether sources spoke, by looking at all that they said for each question.
 *
 * @param evidence every event
 * @param dead what was told of services that were dead
 * @param skew how far clocks may differ
 */
record ModelSources(List<AuditEvent> evidence, List<DeadTime> dead, Duration skew) {

    /** Whether any source that a part names may have said something that is not here. */
    boolean wereSilent(Expectation expectation, Part part, AuditEvent trigger) {
        Instant from = trigger.occurredAt().minus(skew);
        Instant to = trigger.occurredAt().plus(part.within()).plus(skew);
        return expectation.sources().stream()
                .filter(source -> names(part, source.service()))
                .anyMatch(source -> !spoke(source, from, to));
    }

    /** The earliest that was told, which may be in another word. */
    private Instant end(DeadTime dead) {
        return this.dead.stream()
                .filter(each -> each.service().equals(dead.service()))
                .filter(each -> each.since().equals(dead.since()))
                .flatMap(each -> each.until().stream())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private static boolean names(Part part, String service) {
        return part.pattern().services().stream().anyMatch(each -> each.text().equals(service));
    }

    private boolean spoke(Source source, Instant from, Instant to) {
        if (source.isProbed()) {
            return dead.stream()
                    .filter(each -> each.service().equals(source.service()))
                    .noneMatch(each -> each.since().isBefore(to) && end(each).isAfter(from));
        }
        return source.isCounted() ? counted(source, from, to) : often(source, from, to);
    }

    /**
     * Each sign is at most so far behind the one before, from one before the time to one behind.
     */
    private boolean often(Source source, Instant from, Instant to) {
        List<Instant> signs = signs(source).map(AuditEvent::occurredAt).sorted().toList();
        for (int first = 0; first < signs.size(); first++) {
            int last = first;
            while (last + 1 < signs.size()
                    && isSoon(source, signs.get(last), signs.get(last + 1))) {
                last++;
            }
            if (spans(signs.get(first), signs.get(last), from, to)) {
                return true;
            }
        }
        return false;
    }

    private boolean counted(Source source, Instant from, Instant to) {
        Map<Long, Instant> signs = new HashMap<>();
        List<Long> numbers = new ArrayList<>();
        signs(source)
                .filter(event -> event.attributes().containsKey(source.sequence()))
                .forEach(
                        event -> {
                            long number = Long.parseLong(event.attribute(source.sequence()));
                            numbers.add(number);
                            signs.put(number, event.occurredAt());
                        });
        return numbers.size() == signs.size()
                && numbers.stream().anyMatch(first -> reaches(source, signs, first, from, to));
    }

    private static boolean reaches(
            Source source, Map<Long, Instant> signs, long first, Instant from, Instant to) {
        long last = first;
        while (signs.containsKey(last + 1)
                && isSoon(source, signs.get(last), signs.get(last + 1))) {
            last++;
        }
        return spans(signs.get(first), signs.get(last), from, to);
    }

    private static boolean spans(Instant first, Instant last, Instant from, Instant to) {
        return !first.isAfter(from) && !last.isBefore(to);
    }

    private static boolean isSoon(Source source, Instant one, Instant next) {
        return !next.isBefore(one) && !next.isAfter(one.plus(source.every()));
    }

    private Stream<AuditEvent> signs(Source source) {
        return evidence.stream().filter(event -> event.service().equals(source.service()));
    }
}
