package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.Glob;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;

import java.util.List;
import java.util.Locale;

/**
 * Which events are alerts, and how many are kept that nothing explains. Immutable.
 *
 * @param types for any of which an event's type must fit whatever the case; none means that nothing
 *     is an alert. Only a severity from WARNING on makes one
 * @param maxKept at most so many, the latest by occurred_at
 */
public record AlertPolicy(List<Glob> types, int maxKept) {
    private static final int MAX_KEPT = 10_000;

    /** Types with {@code alert} in them. */
    public static final AlertPolicy DEFAULT = of(List.of("*alert*"));

    public AlertPolicy {
        types = List.copyOf(types);
    }

    /** Alerts of types that fit globs, of which the latest 10,000 are kept. */
    public static AlertPolicy of(List<String> types) {
        return new AlertPolicy(
                types.stream().map(AlertPolicy::lower).map(Glob::new).toList(), MAX_KEPT);
    }

    /** The same without a bound. */
    AlertPolicy keepingAll() {
        return new AlertPolicy(types, Integer.MAX_VALUE);
    }

    /** Whether an event is an alert. */
    boolean isAlert(AuditEvent event) {
        return event.severity().compareTo(Severity.WARNING) >= 0 && isAlert(event.type());
    }

    /** Whether events of a type are alerts where they are severe enough. */
    boolean isAlert(String type) {
        String lower = lower(type);
        return types.stream().anyMatch(glob -> glob.matches(lower));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
