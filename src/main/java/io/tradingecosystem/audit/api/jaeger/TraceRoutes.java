package io.tradingecosystem.audit.api.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.PathParameters;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code GET /api/traces} and {@code GET /api/traces/{id}}. */
final class TraceRoutes implements JaegerForm {
    private final TraceSearch search;
    private final Traces traces;
    private final InstantSource clock;

    TraceRoutes(TraceSearch search, Traces traces, InstantSource clock) {
        this.search = search;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::list).get("/{trace_id}", this::one);
    }

    private void list(ServerRequest request, ServerResponse response) {
        List<String> named = TraceQuery.traceIds(request.query());
        if (!named.isEmpty()) {
            answer(response, named);
            return;
        }
        TraceSearch.Found found = search.find(TraceQuery.of(request.query(), clock.instant()));
        Incomplete.head(Omission.when(found.isCut(), Bound.TRACE_SEARCH).toList(), response);
        answer(response, found.traceIds());
    }

    private void answer(ServerResponse response, List<String> ids) {
        List<String> missing = new ArrayList<>();
        JaegerForm.answer(
                response,
                0,
                json -> {
                    for (String id : ids) {
                        Optional<Trace> trace = traces.read(id);
                        if (trace.isPresent()) {
                            write(trace.get(), json);
                        } else {
                            missing.add(id);
                        }
                    }
                },
                missing);
    }

    private void one(ServerRequest request, ServerResponse response) {
        String id = TraceQuery.traceId(PathParameters.text(request, "trace_id"));
        Trace trace =
                traces.read(id)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(Kind.NOT_FOUND, "trace not found")));
        Incomplete.head(Omission.when(trace.isCut(), Bound.TRACE_SIZE).toList(), response);
        JaegerForm.answer(response, 0, json -> write(trace, json));
    }

    private static void write(Trace trace, JsonGenerator json) throws IOException {
        Disclosures.events(events(trace));
        new TraceJson(json).write(trace);
    }

    private static List<AuditEvent> events(Trace trace) {
        return trace.spans().stream()
                .flatMap(span -> Stream.concat(Stream.of(span.event()), span.logs().stream()))
                .toList();
    }
}
