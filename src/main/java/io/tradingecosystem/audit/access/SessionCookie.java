package io.tradingecosystem.audit.access;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The id of a session in a cookie (RFC 6265bis), which no script reads and no page of another site
 * makes the browser send. Under TLS its name has the prefix that keeps hosts beside this one, and
 * whoever is on the way, from setting it.
 */
final class SessionCookie {
    private static final String NAME = "audit-session";
    private static final String SAFE_NAME = "__Host-" + NAME;
    private static final String RULES = "; Path=/; HttpOnly; SameSite=Strict";

    private SessionCookie() {}

    /** The id that a request has, if it has the form of one. */
    static Optional<String> id(ServerRequest request) {
        String start = name(request) + "=";
        return request.headers().values(HeaderNames.COOKIE).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(start))
                .map(cookie -> cookie.substring(start.length()))
                .filter(RandomToken::is)
                .findFirst();
    }

    /** Gives it to the browser, for as long as that is open. */
    static Header given(ServerRequest request, String id) {
        return header(name(request) + "=" + id + RULES + secure(request));
    }

    /** Takes it from the browser. */
    static Header taken(ServerRequest request) {
        return header(name(request) + "=" + RULES + "; Max-Age=0" + secure(request));
    }

    private static Header header(String value) {
        return HeaderValues.create(HeaderNames.SET_COOKIE, List.of(value));
    }

    private static String name(ServerRequest request) {
        return request.isSecure() ? SAFE_NAME : NAME;
    }

    private static String secure(ServerRequest request) {
        return request.isSecure() ? "; Secure" : "";
    }
}
