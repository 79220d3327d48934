package io.tradingecosystem.audit.scenario.verdicts;

/**
 * A time in which a service says it lost events. Immutable.
 *
 * @param service that lost them
 * @param gap from when to when, and why
 * @param caller who says so, as the door knows him; {@code anonymous} if it does not
 * @param door by which: {@code http}
 * @param address from where, without a port
 */
public record ReportedGap(String service, Gap gap, String caller, String door, String address) {
    /** The same under the one name of the service. */
    public ReportedGap of(String name) {
        return new ReportedGap(name, gap, caller, door, address);
    }
}
