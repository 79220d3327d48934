package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.Optional;

/**
 * What fulfilled an effect.
 *
 * @param event the first event with which enough may have come
 * @param surely the first with which enough had come, whatever clocks say; empty if there is none,
 *     or the effect is not met
 * @param unknown what may have been lost, or left out, of the effect's events
 */
record Fulfilment(JoinedEvent event, Optional<JoinedEvent> surely, Optional<String> unknown) {

    /** By an event of which there is no doubt. */
    static Fulfilment by(JoinedEvent event) {
        return new Fulfilment(event, Optional.of(event), Optional.empty());
    }
}
