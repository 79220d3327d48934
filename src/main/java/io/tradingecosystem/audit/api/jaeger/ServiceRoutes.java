package io.tradingecosystem.audit.api.jaeger;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.server.http.PathParameters;

/** {@code GET /api/services} and {@code GET /api/services/{service}/operations}. */
final class ServiceRoutes implements JaegerForm {
    private final Names names;

    ServiceRoutes(Names names) {
        this.names = names;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::services).get("/{service}/operations", this::operations);
    }

    private void services(ServerRequest request, ServerResponse response) {
        Names.Found<String> found = names.services();
        Incomplete.head(Omission.when(found.isCut(), Bound.TRACE_SEARCH).toList(), response);
        JaegerForm.answer(response, found.names().toArray(String[]::new));
    }

    private void operations(ServerRequest request, ServerResponse response) {
        Names.Found<Operation> found = names.operations(PathParameters.text(request, "service"));
        Incomplete.head(Omission.when(found.isCut(), Bound.TRACE_SEARCH).toList(), response);
        JaegerForm.answer(
                response,
                found.names().stream().map(Operation::name).distinct().toArray(String[]::new));
    }
}
