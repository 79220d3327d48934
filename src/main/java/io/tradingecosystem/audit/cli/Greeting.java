package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.app.Neighbours;
import io.tradingecosystem.audit.logging.EventLogger;

import java.nio.file.Path;
import java.time.Duration;

/** The last lines of a start: where the doors are, what is missing, one thing to try. */
final class Greeting {
    private static final EventLogger LOG = EventLogger.of(Greeting.class);

    /** What a neighbour gets to answer before we say that it did not. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String DEFAULT = "http://localhost:8083";
    private static final String JAR = "target/audit-correlator.jar";

    private Greeting() {}

    /** For people. */
    static String of(AuditCorrelator correlator) {
        Neighbours neighbours = correlator.neighbours();
        neighbours.await(PATIENCE);
        String http = correlator.httpAddress();
        return """

        %s is ready.
          page           %s/
          HTTP           %s
          gRPC           %s
          registry       %s
          configuration  %s
          admin token    %s

        Try, in another terminal:
          %s
        and look at %s/
        Ctrl-C ends it.
        """
                .formatted(
                        correlator.identity().instance(),
                        http,
                        http,
                        correlator.grpcAddress(),
                        neighbours.registry(),
                        neighbours.configuration(),
                        token(correlator.adminToken()),
                        play(http),
                        http);
    }

    /** The token itself is said once, by the start that has made it. */
    private static String token(AdminToken token) {
        String place = "in " + token.file();
        return token.fresh().map(text -> text + ", kept " + place).orElse(place);
    }

    /** How the first recording is played into this service, as one would call this program. */
    private static String play(String http) {
        String jar = ProgramFile.jar().map(Path::toString).map(Greeting::quoted).orElse(JAR);
        String service = http.equals(DEFAULT) ? "" : " --service " + http;
        return "java -jar %s play depeg --speed 5%s".formatted(jar, service);
    }

    /** As a shell takes it for one word. */
    private static String quoted(String path) {
        return path.contains(" ") ? "'" + path + "'" : path;
    }

    /** The same as one event of the log. */
    static void log(AuditCorrelator correlator) {
        Neighbours neighbours = correlator.neighbours();
        neighbours.await(PATIENCE);
        LOG.info(
                "service.ready",
                "page",
                correlator.httpAddress() + "/",
                "http",
                correlator.httpAddress(),
                "grpc",
                correlator.grpcAddress(),
                "registry",
                neighbours.registry(),
                "configuration",
                neighbours.configuration(),
                "admin_token_file",
                correlator.adminToken().file());
    }
}
