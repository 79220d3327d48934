package io.tradingecosystem.audit.server.http;

import io.helidon.webserver.http.ServerRequest;

/** What stands in the path of a request where its route has a name. */
public final class PathParameters {
    private PathParameters() {}

    /** A segment as it was meant: one that has a slash or a percent sign comes quoted once more. */
    public static String text(ServerRequest request, String name) {
        return unquoted(request.path().pathParameters().get(name));
    }

    /** The path of a request as the client wrote it, but for what is quoted needlessly. */
    static String raw(ServerRequest request) {
        return request.path().absolute().rawPath().replace("%252F", "%2F").replace("%2525", "%25");
    }

    private static String unquoted(String segment) {
        return segment.indexOf('%') < 0
                ? segment
                : segment.replace("%2F", "/").replace("%2f", "/").replace("%25", "%");
    }
}
