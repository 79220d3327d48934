package io.tradingecosystem.audit.common;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/** The memory of the machine, or of the container that the process is in. */
public final class MachineMemory {
    private static final long UNKNOWN = 1L << 30;

    private MachineMemory() {}

    /** In bytes; 1 GiB where the system does not tell. */
    public static long total() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : UNKNOWN;
    }
}
