package io.tradingecosystem.audit.common;

import com.sun.management.UnixOperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/**
 * The files of this process, connections and the libraries of the JVM among them. Asked once, at
 * the start.
 *
 * @param max how many it may have open ({@code ulimit -n}); {@link Long#MAX_VALUE} where the system
 *     does not tell
 * @param open how many it has
 */
public record ProcessFiles(long max, long open) {

    /** As they are now. */
    public static ProcessFiles now() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean system
                ? new ProcessFiles(
                        system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
                : new ProcessFiles(Long.MAX_VALUE, 0);
    }

    /** How many more it may open. */
    public long free() {
        return Math.max(0, max - open);
    }
}
