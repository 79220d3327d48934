package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.app.Neighbours;
import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;

/** The last lines of a start: where the doors are, what is missing, one thing to try. */
final class Greeting {
    private static final EventLogger LOG = EventLogger.of(Greeting.class);

    /** What a neighbour gets to answer before we say that it did not. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Greeting() {}

    /** For people. */
    static String of(AuditCorrelator correlator) {
        Neighbours neighbours = correlator.neighbours();
        neighbours.await(PATIENCE);
        return """

        %s is ready.
          HTTP           %s
          gRPC           %s
          registry       %s
          configuration  %s

        Try: curl %s/api/v1/status
        Ctrl-C ends it.
        """
                .formatted(
                        correlator.identity().instance(),
                        correlator.httpAddress(),
                        correlator.grpcAddress(),
                        neighbours.registry(),
                        neighbours.configuration(),
                        correlator.httpAddress());
    }

    /** The same as one event of the log. */
    static void log(AuditCorrelator correlator) {
        Neighbours neighbours = correlator.neighbours();
        neighbours.await(PATIENCE);
        LOG.info(
                "service.ready",
                "http",
                correlator.httpAddress(),
                "grpc",
                correlator.grpcAddress(),
                "registry",
                neighbours.registry(),
                "configuration",
                neighbours.configuration());
    }
}
