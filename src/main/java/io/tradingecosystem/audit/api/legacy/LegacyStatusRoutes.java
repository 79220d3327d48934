package io.tradingecosystem.audit.api.legacy;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.api.Answers;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.monitoring.Status;

/** The status document where the older service's clients ask for it. */
public final class LegacyStatusRoutes implements HttpService {
    private static final Header NOT_STORED =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    private final Status status;

    public LegacyStatusRoutes(Status status) {
        this.status = status;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                "/",
                (request, response) -> {
                    response.header(NOT_STORED);
                    Answers.json(
                            response, json -> Json.mapper().writeValue(json, status.document()));
                });
    }
}
