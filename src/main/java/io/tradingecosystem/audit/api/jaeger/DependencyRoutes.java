package io.tradingecosystem.audit.api.jaeger;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Omission;

import java.time.Instant;
import java.time.InstantSource;

/**
 * {@code GET /api/dependencies}: who calls whom, over {@code lookback} milliseconds up to {@code
 * endTs}.
 */
final class DependencyRoutes implements JaegerForm {
    private static final long DAY = 86_400_000;

    private final Dependencies dependencies;
    private final InstantSource clock;

    DependencyRoutes(Dependencies dependencies, InstantSource clock) {
        this.dependencies = dependencies;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::list);
    }

    private void list(ServerRequest request, ServerResponse response) {
        long end = millis(request, "endTs", clock.millis());
        long lookback = millis(request, "lookback", DAY);
        Dependencies.Found found =
                dependencies.between(
                        Instant.ofEpochMilli(Math.max(0, end - lookback)),
                        Instant.ofEpochMilli(end));
        Incomplete.head(Omission.when(found.isCut(), Bound.TRACE_SEARCH).toList(), response);
        JaegerForm.answer(
                response,
                found.calls().size(),
                json -> {
                    for (Dependencies.Call call : found.calls()) {
                        json.writeStartObject();
                        json.writeStringField("parent", call.hop().parent());
                        json.writeStringField("child", call.hop().child());
                        json.writeNumberField("callCount", call.count());
                        json.writeEndObject();
                    }
                });
    }

    private static long millis(ServerRequest request, String name, long otherwise) {
        String text = request.query().first(name).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,13}")) {
            throw new InvalidQuestionException(
                    "unable to parse param '%s': \"%s\"".formatted(name, text));
        }
        return Long.parseLong(text);
    }
}
