package io.tradingecosystem.audit.topology;

import java.nio.file.Path;

/** A topology file is not one. */
public final class InvalidTopologyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidTopologyException(Path file, String problem) {
        super("the topology file " + file + ": " + problem);
    }
}
