package io.tradingecosystem.audit.notify;

import io.tradingecosystem.audit.notify.WebhookStatus.Failure;
import io.tradingecosystem.audit.notify.WebhookStatus.State;

import java.time.Instant;
import java.util.Optional;

/** How attempts went so far, as others see it. */
record DeliveryProgress(
        State state,
        long delivered,
        int attempts,
        Optional<Instant> nextAttempt,
        Optional<Instant> lastSuccess,
        Optional<Failure> lastFailure) {
    static final DeliveryProgress START =
            new DeliveryProgress(
                    State.ACTIVE, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

    DeliveryProgress taken(Instant now) {
        return new DeliveryProgress(
                State.ACTIVE, delivered + 1, 0, Optional.empty(), Optional.of(now), lastFailure);
    }

    DeliveryProgress failed(State then, Optional<Instant> next, Failure failure) {
        return new DeliveryProgress(
                then, delivered, attempts + 1, next, lastSuccess, Optional.of(failure));
    }

    /** An event was put aside; a receiver that wants no more is told none because of that. */
    DeliveryProgress putAside(Failure failure) {
        return new DeliveryProgress(
                state == State.DISABLED ? State.DISABLED : State.ACTIVE,
                delivered,
                0,
                Optional.empty(),
                lastSuccess,
                Optional.of(failure));
    }

    DeliveryProgress resumed() {
        return new DeliveryProgress(
                State.ACTIVE, delivered, 0, Optional.empty(), lastSuccess, lastFailure);
    }
}
