package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * The topology file, read again when it has changed. One that cannot be used is logged once, and
 * what it said before goes on to count. Used by one thread at a time.
 */
final class TopologyFile {
    private static final EventLogger LOG = EventLogger.of(TopologyFile.class);

    private final Optional<Path> path;
    private Version read = new Version(FileTime.fromMillis(0), -2);
    private ExpectedTopology expected = ExpectedTopology.NOTHING;
    private Optional<String> problem = Optional.empty();

    private record Version(FileTime time, long size) {
        static final Version NONE = new Version(FileTime.fromMillis(0), -1);
    }

    TopologyFile(Optional<Path> path) {
        this.path = path;
    }

    /** What it says. */
    ExpectedTopology read() {
        path.ifPresent(this::readIfChanged);
        return expected;
    }

    private void readIfChanged(Path file) {
        Version now = version(file);
        if (now.equals(read)) {
            return;
        }
        read = now;
        try {
            expected = ExpectedTopology.read(file);
            problem = Optional.empty();
            LOG.info(
                    "topology.file.read",
                    "file",
                    file,
                    "nodes",
                    expected.nodes().size(),
                    "edges",
                    expected.edges().size());
        } catch (InvalidTopologyException e) {
            String reason = String.valueOf(e.getMessage());
            problem = Optional.of(reason);
            LOG.warn("topology.file.unusable", "file", file, "reason", reason);
        }
    }

    private static Version version(Path file) {
        try {
            return new Version(Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException e) {
            return Version.NONE;
        }
    }

    /** Why it does not count, if it does not. */
    Optional<String> problem() {
        return problem;
    }
}
