package io.tradingecosystem.audit.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.access.log.AccessLog;
import io.tradingecosystem.audit.access.log.AccessPage;
import io.tradingecosystem.audit.access.log.AccessQuery;
import io.tradingecosystem.audit.access.log.AccessQuery.Order;
import io.tradingecosystem.audit.access.log.AccessRecord;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.common.Limit;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.server.http.QueryParameters;

/** Who asked what, under {@code /api/v1/access-log}. */
public final class AccessLogRoutes implements HttpService {
    private static final Limit LIMIT = new Limit(100, 1_000);

    private final AccessLog log;

    /** Shows a log. */
    public AccessLogRoutes(AccessLog log) {
        this.log = log;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::page);
    }

    private void page(ServerRequest request, ServerResponse response) {
        QueryParameters query =
                QueryParameters.of(
                        request, "from", "to", "caller", "route", "order", "limit", "page_token");
        TimeRange time = TimeRange.of(query);
        AccessPage page =
                log.find(
                        new AccessQuery(
                                time.from(),
                                time.to(),
                                query.text("caller"),
                                query.text("route"),
                                query.choice("order", Order.class).orElse(Order.NEWEST_FIRST),
                                query.limit(LIMIT),
                                query.pageToken()));
        Disclosure.current().tellMany(page.records().size());
        Answers.json(
                response,
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("records");
                    for (AccessRecord each : page.records()) {
                        Json.mapper().writeValue(json, each);
                    }
                    json.writeEndArray();
                    json.writeNumberField("count", page.records().size());
                    json.writeStringField(
                            "next_page_token", query.nextPageToken(page.nextPageToken()));
                    Incomplete.write(
                            Omission.ifAny(Bound.ACCESS_LINES, page.unreadable()).toList(), json);
                    json.writeEndObject();
                });
    }
}
