package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.app.Permissions;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Issuer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Every route and every method, for callers of every kind and role. What is expected of routes is
 * what the published description says of them; what is expected of methods follows from their
 * names. Bodies and messages are such that nobody can read them: who is refused, is so before that.
 */
@Timeout(120)
class AccessMatrixTest {
    private static final List<String> ROLES = List.of("send", "read", "define", "operate", "admin");
    private static final byte[] UNREADABLE = {8};

    @TempDir private Path directory;
    private final Issuer issuer = Issuer.create("k1");

    /**
     * Who asks.
     *
     * @param what for messages
     * @param token what is shown
     * @param session the cookie of somebody at the page
     * @param roles what it may do; empty if it is nobody known
     */
    private record Asker(
            String what,
            Optional<String> token,
            Optional<String> session,
            Optional<Set<String>> roles) {
        Asker(String what, Optional<String> token, Optional<Set<String>> roles) {
            this(what, token, Optional.empty(), roles);
        }

        /** The same over gRPC, where a session says nothing. */
        Asker withoutSession() {
            return session.isEmpty() ? this : new Asker(what, token, session, Optional.empty());
        }

        boolean may(String role) {
            return roles.filter(all -> all.contains(role) || all.contains("admin")).isPresent();
        }
    }

    /** What a route or method asks for. */
    private record Demand(String role, String openBy) {}

    @Test
    void shouldHaveDecidedAboutEveryRouteAndEveryMethod() throws Exception {
        try (AllDoors doors = open("open", "open", "grpc-java")) {
            Set<String> served = new TreeSet<>(doors.doors.methods());
            doors.doors
                    .routes()
                    .forEach(
                            (path, methods) ->
                                    methods.forEach(method -> served.add(method + " " + path)));

            assertThat(new TreeSet<>(Permissions.ALL.keySet())).isEqualTo(served);
        }
    }

    @ParameterizedTest
    @CsvSource({"open, open", "required, open", "open, required"})
    void shouldServeEachRouteToThoseWhoMay(String mode, String watching) throws Exception {
        try (AllDoors doors = open(mode, watching, "grpc-java");
                HttpClient client = HttpClient.newHttpClient()) {
            Map<String, Demand> routes = routes(document());
            assertThat(routes).hasSizeGreaterThan(40);
            List<Asker> askers = askers();
            askers.addAll(sessions(client, doors.doors.httpPort(), askers));
            for (Asker asker : askers) {
                for (Map.Entry<String, Demand> route : lastDelete(routes)) {
                    int code = ask(client, doors.doors.httpPort(), route.getKey(), asker);

                    int expected = expected(mode, watching, route.getValue(), asker);
                    assertThat(code == 401 || code == 403 ? code : 200)
                            .as("%s, %s: %s for %s", mode, watching, route.getKey(), asker.what())
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "open, open, grpc-java",
        "required, open, grpc-java",
        "open, required, grpc-java",
        "open, open, helidon",
        "required, open, helidon",
        "open, required, helidon"
    })
    void shouldServeEachMethodToThoseWhoMay(String mode, String watching, String engine)
            throws Exception {
        try (AllDoors doors = open(mode, watching, engine);
                GrpcChannel to = GrpcChannel.to(doors.doors.grpcPort())) {
            List<Asker> askers = askers();
            try (HttpClient client = HttpClient.newHttpClient()) {
                askers.addAll(sessions(client, doors.doors.httpPort(), List.of(owner())));
            }
            for (Asker asker : askers) {
                for (String method : doors.doors.methods()) {
                    Status.Code code = call(to, method, asker).getCode();

                    int expected = expected(mode, watching, demand(method), asker.withoutSession());
                    assertThat(code)
                            .as("%s, %s: %s for %s", mode, watching, method, asker.what())
                            .isIn(codes(expected, engine));
                }
            }
        }
    }

    /** The engine of Helidon may break a call off that is refused before its message is read. */
    private static Set<Status.Code> codes(int expected, String engine) {
        Status.Code code =
                switch (expected) {
                    case 401 -> Status.Code.UNAUTHENTICATED;
                    case 403 -> Status.Code.PERMISSION_DENIED;
                    default -> Status.Code.INVALID_ARGUMENT;
                };
        boolean refused = code != Status.Code.INVALID_ARGUMENT;
        return refused && engine.equals("helidon")
                ? Set.of(code, Status.Code.INTERNAL)
                : Set.of(code);
    }

    /**
     * What the answer is.
     *
     * @param watching the mode of health and metrics
     */
    private static int expected(String mode, String watching, Demand demand, Asker asker) {
        if (demand.openBy().equals("always")) {
            return 200;
        }
        boolean unknown = asker.token().isPresent() && asker.roles().isEmpty();
        if (unknown) {
            return 401;
        }
        if (demand.openBy().equals("anybody")) {
            return 200;
        }
        if (demand.openBy().equals("token")) {
            return asker.token().isPresent() ? 200 : 401;
        }
        boolean open =
                switch (demand.openBy()) {
                    case "access.mode" -> mode.equals("open");
                    case "access.health", "access.metrics" -> watching.equals("open");
                    default -> false;
                };
        if (open || asker.may(demand.role())) {
            return 200;
        }
        return asker.roles().isPresent() ? 403 : 401;
    }

    private static JsonNode document() throws IOException {
        return new YAMLMapper()
                .readTree(AccessMatrixTest.class.getResourceAsStream("/openapi.yaml"));
    }

    private static Map<String, Demand> routes(JsonNode document) {
        Map<String, Demand> routes = new HashMap<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                routes.put(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        demand(operation.getValue()));
            }
        }
        return routes;
    }

    private static Demand demand(JsonNode operation) {
        JsonNode security = operation.required("security");
        if (security.isEmpty()) {
            return new Demand("", "always");
        }
        JsonNode first = security.get(0);
        if (first.path("bearer").isEmpty() && first.has("bearer")) {
            return new Demand("", "token");
        }
        if (security.get(security.size() - 1).required("certificate").isEmpty()) {
            return new Demand("", "anybody");
        }
        String role = security.get(security.size() - 1).required("certificate").get(0).asText();
        return new Demand(role, operation.path("x-open-by").asText("never"));
    }

    /** What is asked reads, but for a few; what is asked of the service itself operates. */
    private static Demand demand(String method) {
        String name = method.substring(method.indexOf('/') + 1);
        if (method.startsWith("grpc.health.")) {
            return new Demand("operate", "access.health");
        }
        if (method.matches("audit.v1.(Status|Registry|Peer)Service/.*")) {
            return new Demand("operate", "access.mode");
        }
        if (name.matches(
                "(Get|List|Watch|Compare|Try|StreamTopology|StreamMetrics).*|ServerReflectionInfo")) {
            return new Demand("read", "access.mode");
        }
        return switch (name) {
            case "RecordEvents", "StreamEvents", "Export" -> new Demand("send", "access.mode");
            case "CreateLink" -> new Demand("define", "access.mode");
            case "ReportGap" -> new Demand("send", "never");
            default -> new Demand("define", "never");
        };
    }

    private static int ask(HttpClient client, int port, String route, Asker asker)
            throws Exception {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{\\w+}", "x");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + port
                                                + path
                                                + (path.equals("/api/v1/session")
                                                        ? ""
                                                        : "?no_such=1")))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                method.equals("GET")
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString("{"));
        asker.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        asker.session()
                .ifPresent(
                        cookie ->
                                request.header("Cookie", cookie)
                                        .header("Origin", "http://127.0.0.1:" + port)
                                        .header("Sec-Fetch-Site", "same-origin"));
        HttpResponse<InputStream> answer =
                client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        if (answer.statusCode() == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        return answer.statusCode();
    }

    private static Status call(GrpcChannel to, String method, Asker asker) throws Exception {
        ClientCall<byte[], byte[]> call =
                to.channel()
                        .newCall(
                                MethodDescriptor.<byte[], byte[]>newBuilder()
                                        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                                        .setFullMethodName(method)
                                        .setRequestMarshaller(new Bytes())
                                        .setResponseMarshaller(new Bytes())
                                        .build(),
                                CallOptions.DEFAULT);
        Metadata headers = new Metadata();
        Metadata.Key<String> key =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
        asker.token().ifPresent(token -> headers.put(key, "Bearer " + token));
        Metadata.Key<String> cookie = Metadata.Key.of("cookie", Metadata.ASCII_STRING_MARSHALLER);
        asker.session().ifPresent(session -> headers.put(cookie, session));
        CompletableFuture<Status> end = new CompletableFuture<>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                headers);
        call.request(1);
        call.sendMessage(UNREADABLE);
        call.halfClose();
        return end.get();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            return new byte[0];
        }
    }

    private AllDoors open(String mode, String watching, String engine) throws Exception {
        StringBuilder tokens = new StringBuilder("# name, hash\n");
        StringBuilder settings = new StringBuilder("access:\n  jwt:\n    roles:\n");
        for (String role : ROLES) {
            settings.append("      group-%s: [%s]\n".formatted(role, role));
            tokens.append("only-%s sha256:%s%n".formatted(role, hash("token-" + role)));
        }
        settings.append("  roles:\n");
        for (String role : ROLES) {
            settings.append("    only-%s: [%s]\n".formatted(role, role));
        }
        Path file = Files.writeString(directory.resolve("tokens"), tokens);
        Map<String, String> changes = new HashMap<>(Map.of("server.grpc.engine", engine));
        changes.put("access.mode", mode);
        changes.put("access.health", watching);
        changes.put("access.metrics", watching);
        changes.put("access.failures", "100000");
        changes.put("access.tokens", file.toString());
        changes.put("access.jwt.issuer", Issuer.NAME);
        changes.put("access.jwt.keys", issuer.keys(directory.resolve("keys.json")).toString());
        return AllDoors.guarded(
                Files.writeString(directory.resolve("app.yaml"), settings),
                changes,
                AdminToken.of(directory));
    }

    private List<Asker> askers() throws IOException {
        List<Asker> askers = new ArrayList<>();
        askers.add(new Asker("nobody", Optional.empty(), Optional.empty()));
        askers.add(new Asker("a stranger", Optional.of("whatever"), Optional.empty()));
        askers.add(owner());
        Issuer other = Issuer.create("k1");
        askers.add(
                new Asker(
                        "a forger",
                        Optional.of(signed(other, List.of("group-admin"))),
                        Optional.empty()));
        askers.add(
                new Asker(
                        "a signed token without a role",
                        Optional.of(signed(issuer, List.of("group-x"))),
                        Optional.of(Set.of())));
        for (String role : ROLES) {
            Optional<Set<String>> roles = Optional.of(Set.of(role));
            askers.add(new Asker("a token with " + role, Optional.of("token-" + role), roles));
            askers.add(
                    new Asker(
                            "a signed token with " + role,
                            Optional.of(signed(issuer, List.of("group-" + role))),
                            roles));
        }
        return askers;
    }

    private Asker owner() throws IOException {
        return new Asker("the owner", AdminToken.read(directory), Optional.of(Set.of("admin")));
    }

    /** The same, logged in at the page, and one who made a cookie up. */
    private static List<Asker> sessions(HttpClient client, int port, List<Asker> askers)
            throws Exception {
        List<Asker> sessions = new ArrayList<>();
        String forged = "audit-session=" + "0".repeat(64);
        sessions.add(
                new Asker(
                        "a forged session",
                        Optional.empty(),
                        Optional.of(forged),
                        Optional.empty()));
        for (Asker asker : askers) {
            if (asker.roles().isPresent()) {
                sessions.add(
                        new Asker(
                                "a session of " + asker.what(),
                                Optional.empty(),
                                Optional.of(login(client, port, asker)),
                                asker.roles()));
            }
        }
        return sessions;
    }

    private static String login(HttpClient client, int port, Asker asker) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/session"))
                        .header("Authorization", "Bearer " + asker.token().orElseThrow())
                        .POST(BodyPublishers.noBody())
                        .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    /** What ends a session comes last. */
    private static List<Map.Entry<String, Demand>> lastDelete(Map<String, Demand> routes) {
        return routes.entrySet().stream()
                .sorted(
                        Comparator.comparing(
                                route -> route.getKey().startsWith("DELETE /api/v1/session")))
                .toList();
    }

    private static String signed(Issuer issuer, List<String> groups) {
        return issuer.sign(Issuer.claims("somebody", groups, Instant.now()));
    }

    private static String hash(String token) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
