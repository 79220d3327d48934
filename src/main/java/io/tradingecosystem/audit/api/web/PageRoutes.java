package io.tradingecosystem.audit.api.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.api.web.WebFiles.WebFile;
import io.tradingecosystem.audit.server.http.PathParameters;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The page at {@code /} and its files. The page is asked for anew each time, and a file, whose name
 * has the hash of its content, never again. Nothing runs or is loaded that is not a file of this
 * service, and no text becomes HTML or a script but by the templates of the page's own library.
 */
public final class PageRoutes implements HttpService {
    private static final String INDEX = "{{index}}";

    private static final Header POLICY =
            HeaderValues.createCached(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                            + " connect-src 'self'; form-action 'none'; base-uri 'none';"
                            + " frame-ancestors 'none'; trusted-types lit-html;"
                            + " require-trusted-types-for 'script'");

    private static final Header FOR_EVER =
            HeaderValues.createCached(
                    HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");

    private static final Header VARY =
            HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
    private static final Header GZIP =
            HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");

    private final byte[] page;
    private final WebFiles files = WebFiles.inJar();

    /**
     * The page.
     *
     * @param index HTML of what browsers show that run no scripts
     */
    public PageRoutes(String index) {
        page = WebFiles.page().replace(INDEX, index).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::page).get("/assets/{name}", QueryParameters.none(this::file));
    }

    private void page(ServerRequest request, ServerResponse response) {
        response.header(POLICY)
                .header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .send(page);
    }

    private void file(ServerRequest request, ServerResponse response) {
        WebFile file = files.file(PathParameters.text(request, "name"));
        response.header(FOR_EVER).header(VARY).header(HeaderNames.CONTENT_TYPE, file.type());
        if (acceptsGzip(request)) {
            response.header(GZIP).send(file.gzip());
        } else {
            response.send(file.plain());
        }
    }

    /** By RFC 9110, 12.5.3, as far as browsers go: a coding of weight 0 is not wanted. */
    private static boolean acceptsGzip(ServerRequest request) {
        String accepted = request.headers().value(HeaderNames.ACCEPT_ENCODING).orElse("");
        return Arrays.stream(accepted.split(",", -1))
                .map(String::strip)
                .anyMatch(PageRoutes::isGzip);
    }

    private static boolean isGzip(String coding) {
        return coding.matches("(?i)(x-)?gzip(\\s*;\\s*q=(1(\\.0*)?|0\\.0*[1-9]\\d*))?");
    }
}
