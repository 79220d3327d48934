package io.tradingecosystem.audit.event;

/** What a door made of one item that a sender gave it. */
public sealed interface Candidate {

    /**
     * Something that may become an event, as the sender reported it: names not yet resolved, limits
     * not yet checked.
     *
     * @param event what was read; it belongs to the receiver from here on
     */
    record Draft(AuditEventBuilder event) implements Candidate {}

    /**
     * Something that cannot become an event.
     *
     * @param id the id that the sender gave, as far as it could be read, or empty
     * @param service the service that the sender gave, as far as it could be read, or empty
     * @param problem what is wrong with it
     */
    record Unreadable(String id, String service, EventProblem problem) implements Candidate {}
}
