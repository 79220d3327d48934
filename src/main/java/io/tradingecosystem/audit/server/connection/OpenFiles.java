package io.tradingecosystem.audit.server.connection;

import com.sun.management.UnixOperatingSystemMXBean;

import io.tradingecosystem.audit.logging.EventLogger;

import java.lang.management.ManagementFactory;

/**
 * How many connections the process may have files for. Asked once for each listener, at the start.
 *
 * <p>Fault: Helidon 4.5.0, {@code ServerListener.listen}, ends for good when {@code accept} fails,
 * as it does for want of a file, so there must never be too many connections. Held by: {@code
 * OpenFilesTest}; to show the fault takes a process with few files. Look again: Helidon 4.6.
 */
public final class OpenFiles {
    private static final EventLogger LOG = EventLogger.of(OpenFiles.class);

    /** For everything that is no connection of a door, tables of the log above all. */
    private static final long OTHERS = 512;

    private static final int DOORS = 2;

    private OpenFiles() {}

    /** The maximum of connections that a listener can have, of those it may have. */
    public static int connections(String listener, int wanted) {
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean system) {
            long files = system.getMaxFileDescriptorCount();
            int room = connections(wanted, files);
            if (room < wanted) {
                LOG.warn(
                        "server.connections.limited",
                        "listener",
                        listener,
                        "limit",
                        room,
                        "max_connections",
                        wanted,
                        "open_files",
                        files);
            }
            return room;
        }
        return wanted;
    }

    /** The same, of a process that may have so many open files. */
    static int connections(int wanted, long files) {
        long others = Math.min(OTHERS, files / 2);
        return Math.clamp((files - others) / DOORS, 1, wanted);
    }
}
