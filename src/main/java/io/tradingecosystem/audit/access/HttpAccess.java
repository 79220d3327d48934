package io.tradingecosystem.audit.access;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.tradingecosystem.audit.access.BrowserRules.Marks;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the policy before a route is served, when no more than the head of the request was read.
 * Thread-safe.
 */
public final class HttpAccess {
    private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");

    private final AccessPolicy policy;
    private final BrowserRules browsers;
    private final Denials denials;

    /**
     * @param hosts the names under which browsers reach this service, in small letters
     * @param origins whose pages may change something; {@code *} for all
     */
    public HttpAccess(
            AccessPolicy policy, Set<String> hosts, List<String> origins, Denials denials) {
        this.policy = policy;
        this.browsers = new BrowserRules(hosts, origins);
        this.denials = denials;
    }

    /**
     * The route, for those who may use it.
     *
     * @param method such as {@code GET}
     * @param path the pattern of the route
     */
    public Handler guarded(String method, String path, Handler route) {
        Permission permission = policy.permission(method + " " + path);
        boolean changes = permission.changes() && !method.equals("GET");
        return (request, response) -> {
            Caller caller =
                    denials.counted(
                            "http",
                            () -> {
                                Marks marks = marks(request);
                                browsers.require(marks, changes);
                                return policy.admit(
                                        permission,
                                        credentials(request)
                                                .with(session(request, marks, changes)));
                            });
            if (permission.isLimited()) {
                LimitedBody.begin(request, caller.allowance());
            }
            Caller.call(
                    Optional.of(caller),
                    () -> {
                        route.handle(request, response);
                        return caller;
                    });
        };
    }

    private static Marks marks(ServerRequest request) {
        return new Marks(
                request.authority(),
                request.headers().first(HeaderNames.ORIGIN),
                request.headers().first(SITE),
                request.headers().first(HeaderNames.CONTENT_TYPE));
    }

    private static Optional<String> session(ServerRequest request, Marks marks, boolean changes) {
        return BrowserRules.isOwnPage(marks, changes, request.isSecure())
                ? SessionCookie.id(request)
                : Optional.empty();
    }

    static Credentials credentials(ServerRequest request) {
        return new Credentials(
                Credentials.address(request.remotePeer().address()),
                request.remotePeer().tlsCertificates().flatMap(Credentials::own),
                request.headers().first(HeaderNames.AUTHORIZATION));
    }
}
