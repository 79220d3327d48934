package io.tradingecosystem.audit;

/** The last lines of a start: where the doors are, what is missing, one thing to try. */
final class Greeting {
    private Greeting() {}

    static String of(AuditCorrelator correlator) {
        return """

        %s is ready.
          HTTP  http://localhost:%d   try: curl http://localhost:%d/api/v1/status
          gRPC  localhost:%d
          Ctrl-C ends it.
        """
                .formatted(
                        correlator.identity().instance(),
                        correlator.httpPort(),
                        correlator.httpPort(),
                        correlator.grpcPort());
    }
}
