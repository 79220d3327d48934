package io.tradingecosystem.audit.api;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.server.http.StaticFile;

import java.util.List;

/**
 * JSON Schemas (2020-12) of the files that people write, {@code GET /schemas/expectations.json} and
 * {@code GET /schemas/rules.json}, by which editors complete and check them.
 */
public final class SchemaRoutes implements HttpService {
    private static final MediaType TYPE = MediaTypes.create("application/schema+json");
    private static final List<String> RESOURCES =
            List.of("/schemas/expectations.json", "/schemas/rules.json");

    @Override
    public void routing(HttpRules rules) {
        for (String resource : RESOURCES) {
            byte[] schema = StaticFile.read(resource);
            rules.get(
                    resource,
                    (request, response) -> {
                        response.headers().contentType(TYPE);
                        response.send(schema);
                    });
        }
    }
}
