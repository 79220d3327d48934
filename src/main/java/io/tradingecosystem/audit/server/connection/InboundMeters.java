package io.tradingecosystem.audit.server.connection;

import io.tradingecosystem.audit.monitoring.Meters;

import java.util.List;
import java.util.Map;

/**
 * Shows the memory of what comes in at a listener.
 *
 * <p>Fault: that of {@link InboundMemory}.
 */
public final class InboundMeters {
    private InboundMeters() {}

    public static InboundMemory shown(String listener, InboundMemory memory, Meters meters) {
        List<String> labels = List.of("listener");
        List<String> name = List.of(listener);
        meters.gauges(
                "server_inbound_memory_bytes",
                "Memory of messages and bodies that came in and have not been worked on yet",
                labels,
                () -> Map.of(name, memory.used()));
        meters.gauges(
                "server_inbound_memory_limit_bytes",
                "The most memory of messages and bodies of more than one caller",
                labels,
                () -> Map.of(name, memory.max()));
        meters.counters(
                "server_inbound_memory_refusals",
                "Calls and requests refused because there was no memory for them",
                labels,
                () -> Map.of(name, memory.refusals()));
        return memory;
    }
}
