package io.tradingecosystem.audit.server.http.connect;

import io.grpc.BindableService;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.Problems;
import io.tradingecosystem.audit.server.http.ProblemForm;

import java.util.List;
import java.util.Set;

/**
 * The methods of a gRPC service over the Connect protocol: {@code POST /package.Service/Method},
 * with one message of the caller, and one or a stream of answers. Methods whose callers send more
 * are left out. Thread-safe.
 */
public final class ConnectRoutes implements HttpService, ProblemForm {
    /** The kinds of failure whose HTTP status says more than that of their code. */
    private static final Set<Kind> OF_HTTP =
            Set.of(Kind.METHOD_NOT_ALLOWED, Kind.UNSUPPORTED_MEDIA_TYPE, Kind.TOO_LARGE);

    private final String path;
    private final List<ConnectMethod<?, ?>> methods;

    private ConnectRoutes(String path, List<ConnectMethod<?, ?>> methods) {
        this.path = path;
        this.methods = List.copyOf(methods);
    }

    /**
     * Serves a service.
     *
     * @param problems what failures mean
     * @param maxMessage the longest message taken, in bytes, decompressed
     */
    public static ConnectRoutes of(BindableService service, Problems problems, int maxMessage) {
        ServerServiceDefinition definition = service.bindService();
        ConnectFailures failures = new ConnectFailures(problems);
        return new ConnectRoutes(
                "/" + definition.getServiceDescriptor().getName(),
                definition.getMethods().stream()
                        .filter(
                                each ->
                                        each.getMethodDescriptor()
                                                .getType()
                                                .clientSendsOneMessage())
                        .<ConnectMethod<?, ?>>map(each -> method(each, failures, maxMessage))
                        .toList());
    }

    private static <Q, A> ConnectMethod<Q, A> method(
            ServerMethodDefinition<Q, A> method, ConnectFailures failures, int maxMessage) {
        return new ConnectMethod<>(method, failures, maxMessage);
    }

    /** Where the methods are, such as {@code /package.Service}. */
    public String path() {
        return path;
    }

    @Override
    public void routing(HttpRules rules) {
        methods.forEach(method -> rules.post("/" + method.name(), method));
    }

    /** A failure before or within a method; the answers of a stream have it in their last frame. */
    @Override
    public void send(ServerRequest request, ServerResponse response, Problem problem) {
        problem.retryAfterSeconds()
                .ifPresent(after -> response.header(HeaderNames.RETRY_AFTER, after));
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        ConnectError error = error(request, problem);
        boolean ofHttp = OF_HTTP.contains(problem.kind()) || error.code() != code(problem);
        if (ConnectCodec.isStream(type) && !ofHttp) {
            response.header(HeaderNames.CONTENT_TYPE, type.split(";", 2)[0].strip())
                    .send(ConnectFrames.end(ConnectFailures.end(error, new io.grpc.Metadata())));
        } else if (ofHttp) {
            ConnectFailures.send(response, error, problem.kind().httpStatus());
        } else {
            ConnectFailures.send(response, error);
        }
    }

    private static Status.Code code(Problem problem) {
        return problem.kind().grpcCode();
    }

    /** A path that is none is a method that there is not. */
    private ConnectError error(ServerRequest request, Problem problem) {
        String asked = request.path().absolute().path();
        String name = asked.substring(Math.min(path.length() + 1, asked.length()));
        boolean known = methods.stream().anyMatch(method -> method.name().equals(name));
        return known || problem.kind() != Kind.NOT_FOUND
                ? ConnectError.of(problem)
                : ConnectError.of(
                        Status.Code.UNIMPLEMENTED, "There is no method " + path + "/" + name);
    }
}
