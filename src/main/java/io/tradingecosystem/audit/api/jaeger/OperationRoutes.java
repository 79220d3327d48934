package io.tradingecosystem.audit.api.jaeger;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Omission;

import java.util.NavigableSet;

/** {@code GET /api/operations}: what a service does, with the kinds of its spans. */
final class OperationRoutes implements JaegerForm {
    private final Names names;

    OperationRoutes(Names names) {
        this.names = names;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::list);
    }

    private void list(ServerRequest request, ServerResponse response) {
        String service = request.query().first("service").orElse("");
        String kind = request.query().first("spanKind").orElse("");
        if (service.isEmpty()) {
            throw new InvalidQuestionException("parameter 'service' is required");
        }
        Names.Found<Operation> found = names.operations(service);
        NavigableSet<Operation> operations = found.names();
        operations.removeIf(each -> !kind.isEmpty() && !kind.equals(each.spanKind()));
        Incomplete.head(Omission.when(found.isCut(), Bound.TRACE_SEARCH).toList(), response);
        JaegerForm.answer(
                response,
                operations.size(),
                json -> {
                    for (Operation operation : operations) {
                        json.writeStartObject();
                        json.writeStringField("name", operation.name());
                        json.writeStringField("spanKind", operation.spanKind());
                        json.writeEndObject();
                    }
                });
    }
}
