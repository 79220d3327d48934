package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.DefinitionsInForce;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationConflictException;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import java.util.Optional;

/**
 * The events by which somebody puts expectations in force, and withdraws them, while the service
 * runs. What a file defines changes only there. Immutable.
 *
 * @param service our own name
 */
record ExpectationChanges(String service, Time time) {

    /**
     * The event that puts a definition in force; absent if it is already.
     *
     * @throws ExpectationConflictException if a file defines one of that name
     */
    Optional<AuditEvent> put(
            Definition<Expectation> definition,
            DefinitionsInForce<Expectation> now,
            Teller teller) {
        String name = definition.name();
        Optional<Definition<Expectation>> before = now.find(name);
        requireOwn(before, "change it there, or choose another name");
        if (before.map(Definition::version).equals(Optional.of(definition.version()))) {
            return Optional.empty();
        }
        return Optional.of(
                teller.on(
                        VerdictEvents.EXPECTATIONS.inForce(
                                service, time.now(), definition, now.lastEvent(name))));
    }

    /**
     * The event that withdraws what is in force under a name; absent if nothing is.
     *
     * @throws ExpectationConflictException if a file defines it
     */
    Optional<AuditEvent> withdrawal(
            String name, DefinitionsInForce<Expectation> now, Teller teller) {
        Optional<Definition<Expectation>> inForce = now.find(name);
        requireOwn(inForce, "take it out there");
        return inForce.map(
                each ->
                        teller.on(
                                VerdictEvents.EXPECTATIONS.withdrawal(service, time.now(), each)));
    }

    private static void requireOwn(Optional<Definition<Expectation>> inForce, String what) {
        inForce.filter(Definition::isFromFile)
                .ifPresent(
                        each -> {
                            throw new ExpectationConflictException(
                                    each.name() + " is defined by a file; " + what);
                        });
    }
}
