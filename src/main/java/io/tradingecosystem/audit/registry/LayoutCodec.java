package io.tradingecosystem.audit.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One layout: which records are written in it, and what they mean. Stateless. */
sealed interface LayoutCodec permits WritableLayout, LayoutD, LayoutE, LayoutF, LayoutG {
    /**
     * In the order in which they are asked for a record: those with a mark of their own before
     * those that take the rest.
     */
    List<LayoutCodec> ALL =
            List.of(
                    new LayoutE(),
                    new LayoutF(),
                    new LayoutA(),
                    new LayoutC(),
                    new LayoutD(),
                    new LayoutB(),
                    new LayoutG());

    Layout layout();

    /** True if a record at this key, with these fields, is written in this layout. */
    boolean claims(RegistryKey key, RecordFields fields);

    /** How long a record is valid after its last heartbeat, if it ends at all. */
    Optional<Duration> ttl();

    /**
     * What the record says.
     *
     * @throws UnreadableRecordException if it does not say where the instance is
     */
    ServiceInstance read(RegistryKey key, RecordFields fields);
}
