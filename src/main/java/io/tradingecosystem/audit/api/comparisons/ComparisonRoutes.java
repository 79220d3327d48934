package io.tradingecosystem.audit.api.comparisons;

import static java.util.Objects.requireNonNull;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.comparisons.RunComparisons.Answer;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Two runs side by side over HTTP: JSON, JUnit XML or text, as the caller accepts. */
public final class ComparisonRoutes implements HttpService {
    private final RunComparisons comparisons;

    public ComparisonRoutes(RunComparisons comparisons) {
        this.comparisons = requireNonNull(comparisons, "comparisons is null");
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/comparisons", this::compare);
    }

    private enum Form {
        JSON,
        JUNIT,
        TEXT
    }

    private void compare(ServerRequest request, ServerResponse response) {
        QueryParameters query = QueryParameters.of(request, "run", "baseline", "report");
        Form form = query.choice("report", Form.class).orElseGet(() -> accepted(request));
        Answer answer =
                comparisons.of(
                        query.required("run"),
                        Arrays.asList(query.required("baseline").split(",", -1)));
        response.headers().contentType(mediaType(form));
        ProgressAnswers.head("links", answer.links(), response);
        response.send(
                switch (form) {
                    case JSON -> Json.line(ComparisonJson.write(answer));
                    case JUNIT -> utf8(ComparisonJUnit.write(answer.comparison()));
                    case TEXT -> utf8(ComparisonText.write(answer));
                });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Form accepted(ServerRequest request) {
        var headers = request.headers();
        if (!headers.contains(HeaderNames.ACCEPT)
                || headers.isAccepted(MediaTypes.APPLICATION_JSON)) {
            return Form.JSON;
        }
        return headers.isAccepted(MediaTypes.APPLICATION_XML) ? Form.JUNIT : Form.TEXT;
    }

    private static MediaType mediaType(Form form) {
        return switch (form) {
            case JSON -> MediaTypes.APPLICATION_JSON;
            case JUNIT -> MediaTypes.APPLICATION_XML;
            case TEXT -> MediaTypes.create("text/plain;charset=UTF-8");
        };
    }
}
