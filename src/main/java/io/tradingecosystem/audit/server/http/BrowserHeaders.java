package io.tradingecosystem.audit.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

import java.util.List;
import java.util.function.Consumer;

/**
 * What every answer tells browsers, whatever it is: take it for what it says it is, load and run
 * nothing that it names, show it in nobody's frame, tell nobody its address, keep no copy. A route
 * whose answer is a page, or may be kept, sets its own values.
 */
final class BrowserHeaders {
    private static final List<Header> ALL =
            List.of(
                    HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
                    HeaderValues.createCached("Referrer-Policy", "no-referrer"),
                    HeaderValues.createCached(
                            "Content-Security-Policy",
                            "default-src 'none'; frame-ancestors 'none'"),
                    // For browsers that do not know frame-ancestors.
                    HeaderValues.createCached("X-Frame-Options", "DENY"),
                    HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"));

    private BrowserHeaders() {}

    /** Gives all of them to an answer. */
    static void add(Consumer<Header> answer) {
        ALL.forEach(answer);
    }
}
