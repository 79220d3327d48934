package io.tradingecosystem.audit.api;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.tradingecosystem.audit.server.http.StaticFile;

/** The description of every HTTP endpoint, {@code GET /openapi.yaml} (OpenAPI 3.1). */
public final class OpenApiRoutes implements HttpService {
    private static final String RESOURCE = "/openapi.yaml";

    private final byte[] document;

    private OpenApiRoutes(byte[] document) {
        this.document = document;
    }

    /** Serves the document of the jar. */
    public static OpenApiRoutes create() {
        return new OpenApiRoutes(StaticFile.read(RESOURCE));
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                RESOURCE,
                (request, response) -> {
                    response.headers().contentType(type(request));
                    response.send(document);
                });
    }

    /** RFC 9512 gives YAML a type that browsers do not show but save. */
    private static MediaType type(ServerRequest request) {
        return request.headers().contains(HeaderNames.ACCEPT)
                        && request.headers().get(HeaderNames.ACCEPT).get().contains("text/html")
                ? MediaTypes.create("text/plain;charset=UTF-8")
                : MediaTypes.create("application/yaml");
    }
}
