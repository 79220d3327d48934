package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.event.Teller;

/**
 * A time in which a service says it lost events. Immutable.
 *
 * @param service that lost them
 * @param gap from when to when, and why
 * @param teller who says so
 */
public record ReportedGap(String service, Gap gap, Teller teller) {
    /** The same under the one name of the service. */
    public ReportedGap of(String name) {
        return new ReportedGap(name, gap, teller);
    }
}
