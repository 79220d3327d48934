package io.tradingecosystem.audit.server.connection;

import io.tradingecosystem.audit.common.ProcessFiles;
import io.tradingecosystem.audit.logging.EventLogger;

/**
 * How many connections the process may have files for. Asked once for each listener, at the start,
 * when what is open at rest is open: the log, the libraries, the links to neighbours.
 *
 * <p>Fault: Helidon 4.5.0, {@code ServerListener.listen}, ends for good when {@code accept} fails,
 * as it does for want of a file, so there must never be too many connections. Shown by: {@code
 * FewFilesTest.shouldEndWithALineWhenAListenerEnds}. Held by: {@code OpenFilesTest}, {@code
 * FewFilesTest}. Look again: Helidon 4.6.
 */
public final class OpenFiles {
    private static final EventLogger LOG = EventLogger.of(OpenFiles.class);

    /**
     * The other half is for everything that is no connection of a door, tables of the log first.
     */
    private static final int SHARE = 2;

    private static final int DOORS = 2;

    private OpenFiles() {}

    /** The maximum of connections that a listener can have, of those it may have. */
    public static int connections(String listener, int wanted) {
        ProcessFiles files = ProcessFiles.now();
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
                    files.open(),
                    "max_open_files",
                    files.max());
        }
        return room;
    }

    /** The same, of a process with such files. */
    static int connections(int wanted, ProcessFiles files) {
        return Math.clamp(files.free() / SHARE / DOORS, 1, wanted);
    }
}
