package io.tradingecosystem.audit.access;

import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.access.BrowserRules.Marks;
import io.tradingecosystem.audit.access.log.Answer;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.access.log.Question.What;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problems;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the policy before a route is served, when no more than the head of the request was read.
 * Thread-safe.
 */
public final class HttpAccess {
    private static final String DOOR = "http";
    private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName BAGGAGE = HeaderNames.create(Baggage.HEADER);

    /** How it shows that the caller has left. */
    private static final List<Class<?>> GONE =
            List.of(
                    IOException.class,
                    UncheckedIOException.class,
                    SocketWriterException.class,
                    CloseConnectionException.class);

    private final AccessPolicy policy;
    private final BrowserRules browsers;
    private final Admission admission;
    private final AccessRecords records;
    private final CallerRuns runs;
    private final Problems problems;

    /**
     * @param hosts the names under which browsers reach this service, in small letters
     * @param origins whose pages may change something; {@code *} for all
     * @param problems what failures are answered with
     */
    public HttpAccess(
            AccessPolicy policy,
            Set<String> hosts,
            List<String> origins,
            Denials denials,
            AccessRecords records,
            CallerRuns runs,
            Problems problems) {
        this.policy = policy;
        this.runs = runs;
        this.browsers = new BrowserRules(hosts, origins);
        this.admission =
                new Admission(
                        DOOR,
                        kind -> Integer.toString(kind.httpStatus()),
                        policy,
                        denials,
                        records);
        this.records = records;
        this.problems = problems;
    }

    /**
     * The route, for those who may use it.
     *
     * @param method such as {@code GET}
     * @param path the pattern of the route
     */
    public Handler guarded(String method, String path, Handler route) {
        String name = method + " " + path;
        Permission permission = policy.permission(name);
        boolean changes = permission.changes() && !method.equals("GET");
        Optional<What> what = records.what(name, permission);
        return (request, response) -> {
            Marks marks = marks(request);
            Credentials credentials = credentials(request).with(session(request, marks, changes));
            Caller admitted =
                    admission.admit(
                            name, permission, credentials, () -> browsers.require(marks, changes));
            Caller caller = permission.isLimited() ? begin(request, admitted) : admitted;
            Disclosure disclosure =
                    records.begin(
                            what,
                            caller,
                            credentials.address(),
                            name,
                            () -> records.keys().of(request));
            serve(disclosure, caller, route, request, response);
        };
    }

    /** The caller of a request that sends. */
    private Caller begin(ServerRequest request, Caller caller) {
        LimitedBody.begin(request, caller.allowance());
        List<String> baggage =
                request.headers().contains(BAGGAGE) ? request.headers().values(BAGGAGE) : List.of();
        return runs.of(caller, DOOR, baggage);
    }

    private void serve(
            Disclosure disclosure,
            Caller caller,
            Handler route,
            ServerRequest request,
            ServerResponse response)
            throws Exception {
        try {
            Disclosure.call(
                    disclosure,
                    () ->
                            Caller.call(
                                    Optional.of(caller),
                                    () -> {
                                        route.handle(request, response);
                                        return caller;
                                    }));
            records.end(disclosure, new Answer(Integer.toString(response.status().code())));
        } catch (Exception e) {
            records.end(disclosure, answer(e));
            throw e;
        }
    }

    /** What the caller is answered; one who is gone is answered nothing. */
    private Answer answer(Exception failure) {
        if (GONE.stream().anyMatch(type -> type.isInstance(failure))) {
            return Answer.CANCELLED;
        }
        return problems.find(failure)
                .map(problem -> new Answer(Integer.toString(problem.kind().httpStatus())))
                .orElseGet(() -> new Answer(Integer.toString(status(failure))));
    }

    private static int status(Exception failure) {
        return failure instanceof HttpException http
                ? http.status().code()
                : Problem.Kind.INTERNAL.httpStatus();
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
