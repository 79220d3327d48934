package io.tradingecosystem.audit.server.http;

import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Passes routes on with their guard before them, and keeps which methods each path has, so that a
 * wrong method is answered with 405 and {@code Allow}. Routes by matcher or predicate rather than
 * by pattern are not taken: nobody could say who may use them. Used by one thread, while the
 * routing is built.
 *
 * <p>Fault: Helidon 4.5.0, {@code HttpRouting}, answers 404 to a method that a path does not have.
 * Shown by: {@code HelidonFaultsTest.shouldAnswerAMethodThatAPathDoesNotHaveAsAnUnknownPath}. Held
 * by: {@code HttpListenerTest.shouldAnswerAWrongMethodWithTheMethodsThatThePathHas}. Look again:
 * Helidon 4.6.
 */
final class RecordingRules implements HttpRules {
    private final HttpRules rules;
    private final String prefix;
    private final RouteGuard guard;
    private final Map<String, SortedSet<String>> methodsByPath;

    RecordingRules(
            HttpRules rules,
            String prefix,
            RouteGuard guard,
            Map<String, SortedSet<String>> methodsByPath) {
        this.rules = rules;
        this.prefix = prefix;
        this.guard = guard;
        this.methodsByPath = methodsByPath;
    }

    @Override
    public HttpRules register(HttpService... services) {
        for (HttpService service : services) {
            rules.register(recorded(service, prefix));
        }
        return this;
    }

    @Override
    public HttpRules register(String pathPattern, HttpService... services) {
        for (HttpService service : services) {
            rules.register(pathPattern, recorded(service, joined(prefix, pathPattern)));
        }
        return this;
    }

    @Override
    public HttpRules route(HttpRoute route) {
        throw new IllegalArgumentException("a route without a pattern: " + route);
    }

    @Override
    public HttpRules route(Method method, String pathPattern, Handler handler) {
        String path = joined(prefix, pathPattern);
        remember(method, path);
        rules.route(method, pathPattern, guard.guarded(method.text(), path, handler));
        return this;
    }

    private void remember(Method method, String path) {
        methodsByPath.computeIfAbsent(path, unused -> new TreeSet<>()).add(method.text());
    }

    private HttpService recorded(HttpService service, String path) {
        return new HttpService() {
            @Override
            public void routing(HttpRules below) {
                service.routing(new RecordingRules(below, path, guard, methodsByPath));
            }

            @Override
            public void beforeStart() {
                service.beforeStart();
            }

            @Override
            public void afterStart(WebServer server) {
                service.afterStart(server);
            }

            @Override
            public void afterStop() {
                service.afterStop();
            }
        };
    }

    private static String joined(String prefix, String path) {
        String below = path.equals("/") ? "" : path;
        String joined = prefix.equals("/") ? below : prefix + below;
        return joined.isEmpty() ? "/" : joined;
    }
}
