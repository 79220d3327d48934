package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.app.Neighbours;

import java.time.Duration;

/** The last lines of a start: where the doors are, what is missing, one thing to try. */
final class Greeting {
    /** What a neighbour gets to answer before we say that it did not. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Greeting() {}

    static String of(AuditCorrelator correlator) {
        Neighbours neighbours = correlator.neighbours();
        neighbours.await(PATIENCE);
        return """

        %s is ready.
          HTTP           http://localhost:%d
          gRPC           localhost:%d
          registry       %s
          configuration  %s

        Try: curl http://localhost:%d/api/v1/status
        Ctrl-C ends it.
        """
                .formatted(
                        correlator.identity().instance(),
                        correlator.httpPort(),
                        correlator.grpcPort(),
                        neighbours.registry(),
                        neighbours.configuration(),
                        correlator.httpPort());
    }
}
