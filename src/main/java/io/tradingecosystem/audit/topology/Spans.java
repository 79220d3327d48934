package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.topology.Edge.Connection;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What attributes of spans tell of calls, by the names that OpenTelemetry gave them so far. */
final class Spans {
    static final String KIND = "span.kind";
    static final String SERVER = "server";
    static final String CONSUMER = "consumer";

    private static final String CLIENT = "client";
    private static final List<String> PEER = List.of("peer.service", "service.peer.name");
    private static final List<String> RPC = List.of("rpc.system", "rpc.system.name");
    private static final List<String> HTTP =
            List.of("http.request.method", "http.method", "url.full", "http.url");

    private Spans() {}

    /** Whom the span of a caller names; empty where it is no such span, or names nobody. */
    static Optional<Participant> namedCallee(AuditEvent event) {
        if (!event.attribute(KIND).equals(CLIENT)) {
            return Optional.empty();
        }
        return first(PEER, event)
                .filter(name -> !Participant.type(name).equals(Participant.type(event.service())))
                .map(name -> Participant.of(name, ""));
    }

    /** Whether a link leads from the span of a caller to the one of whom it called. */
    static boolean isCall(Link link, AuditEvent cause) {
        return link.kind() == Link.Kind.PARENT && cause.attribute(KIND).equals(CLIENT);
    }

    /** What a link went over. */
    static Connection connection(Link link, AuditEvent cause, AuditEvent effect) {
        boolean call =
                link.kind() == Link.Kind.PARENT
                        && (cause.attribute(KIND).equals(CLIENT)
                                || effect.attribute(KIND).equals(SERVER));
        return call ? connection(cause, effect) : Connection.DATA_FLOW;
    }

    /** What a call went over, by what either side says of it. */
    static Connection connection(AuditEvent caller, AuditEvent callee) {
        Optional<String> system = first(RPC, caller).or(() -> first(RPC, callee));
        if (system.isPresent()) {
            return system.get().equals("grpc") ? Connection.GRPC : Connection.HTTP;
        }
        boolean http = first(HTTP, caller).or(() -> first(HTTP, callee)).isPresent();
        return http ? Connection.HTTP : Connection.DATA_FLOW;
    }

    private static Optional<String> first(List<String> names, AuditEvent event) {
        return Stream.of(names)
                .flatMap(List::stream)
                .map(event::attribute)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
