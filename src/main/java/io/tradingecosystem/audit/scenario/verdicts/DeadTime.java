package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Times;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which a service was dead, as its probe found it. Told to the log as an event of that
 * service in the correlator's words, with the attributes {@code state} ({@code dead} when it
 * begins, {@code alive} when it is over), {@code since}, {@code until} where it is over (RFC 3339),
 * and {@code detail}. Immutable.
 *
 * @param service its name
 * @param since when it was found alive last, or dead first where it never was found alive
 * @param until when it was found alive again; empty while it is dead
 */
public record DeadTime(String service, Instant since, Optional<Instant> until) {
    /** The type of the event. */
    public static final String TYPE = OwnWords.SOURCE;

    /**
     * Tells the log.
     *
     * @param detail how it was found, for people
     */
    public AuditEvent event(String detail) {
        String state = until.isPresent() ? "alive" : "dead";
        var event =
                AuditEvent.own(service, TYPE)
                        .id(OwnWords.id("source-" + Digest.hex(32, service, text(), state)))
                        .severity(until.isPresent() ? Severity.INFO : Severity.WARNING)
                        .occurredAt(until.orElse(since))
                        .message(service + " is " + state + ", dead since " + since)
                        .attribute("state", state)
                        .attribute("since", since.toString())
                        .attribute("detail", detail);
        until.ifPresent(end -> event.attribute("until", end.toString()));
        return event.build();
    }

    private String text() {
        return since + " " + until.map(Instant::toString).orElse("");
    }

    /** Reads such an event; empty if it does not say since when, or ends before it begins. */
    public static Optional<DeadTime> read(AuditEvent event) {
        Optional<Instant> since = Times.parse(event.attribute("since"));
        Optional<Instant> until = Times.parse(event.attribute("until"));
        boolean whole = until.isPresent() == event.attribute("state").equals("alive");
        return since.filter(from -> whole && until.filter(from::isAfter).isEmpty())
                .map(from -> new DeadTime(event.service(), from, until));
    }
}
