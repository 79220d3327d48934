package io.tradingecosystem.audit.registry;

import java.time.Instant;
import java.util.Optional;

/** A layout in which we announce ourselves. */
sealed interface WritableLayout extends LayoutCodec permits LayoutA, LayoutB, LayoutC {
    /** Where an instance is written. */
    String key(ServiceInstance instance);

    /** The whole record, as of now. */
    RawValue write(ServiceInstance instance, Instant now);

    /** A set that lists the ids of the service's instances, where the layout has one. */
    default Optional<String> indexKey(ServiceInstance instance) {
        return Optional.empty();
    }

    /** True if one field too many makes the record unreadable for others. */
    default boolean exactFields() {
        return false;
    }
}
