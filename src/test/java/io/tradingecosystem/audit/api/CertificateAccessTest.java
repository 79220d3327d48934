package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.testing.Pem;
import io.tradingecosystem.audit.v1.PutExpectationRequest;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Callers that the TLS handshake makes known, at both doors. */
@Timeout(60)
class CertificateAccessTest {
    @TempDir private Path directory;

    @Test
    void shouldKnowACallerByItsCertificate() throws Exception {
        Pem server = Pem.make(directory, "server");
        Pem known = Pem.named(directory, "known", "dns:other.internal,dns:Risk.internal");
        Pem unknown = Pem.named(directory, "unknown", "dns:else.internal");
        // The name in the subject is not looked at.
        Pem sly = Pem.named(directory, "risk.internal", "dns:sly.internal");
        Path authorities =
                Files.writeString(
                        directory.resolve("authorities"),
                        Files.readString(known.certificate())
                                + Files.readString(unknown.certificate())
                                + Files.readString(sly.certificate()));
        Path settings =
                Files.writeString(
                        directory.resolve("app.yaml"),
                        "access: {certificates: {risk: [risk.internal]}, roles: {risk: [define]}}");

        try (AllDoors doors =
                AllDoors.guarded(settings, tls(server, authorities), AdminToken.of(directory))) {
            // 400: it may, and what it says makes no sense
            assertThat(put(doors, server, known)).isEqualTo(400);
            assertThat(put(doors, server, unknown)).isEqualTo(401);
            assertThat(put(doors, server, sly)).isEqualTo(401);
            assertThat(call(doors, server, known)).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(call(doors, server, unknown)).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(call(doors, server, sly)).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void shouldKeepASessionThatBeganUnderTlsToItself() throws Exception {
        Pem server = Pem.make(directory, "server");
        Path settings = Files.writeString(directory.resolve("app.yaml"), "access: {}");
        AdminToken admin = AdminToken.of(directory);

        try (AllDoors doors = AllDoors.guarded(settings, tls(server, server.certificate()), admin);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(context(server, server)).build()) {
            String origin = "https://localhost:" + doors.doors.httpPort();
            HttpResponse<String> begun =
                    client.send(
                            HttpRequest.newBuilder(URI.create(origin + "/api/v1/session"))
                                    .header(
                                            "Authorization",
                                            "Bearer " + admin.fresh().orElseThrow())
                                    .POST(BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString());
            String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();

            assertThat(cookie)
                    .startsWith("__Host-audit-session=")
                    .endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure");
            String own = cookie.replaceFirst(";.*", "");
            assertThat(put(client, origin, own, origin)).isEqualTo(400);
            // A page that came without TLS, and a cookie that whoever is on the way can set.
            assertThat(put(client, origin, own, origin.replace("https", "http"))).isEqualTo(401);
            assertThat(put(client, origin, own.replace("__Host-", ""), origin)).isEqualTo(401);
        }
    }

    private static int put(HttpClient client, String to, String cookie, String origin)
            throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(to + "/api/v1/expectations"))
                                .header("Content-Type", "application/json")
                                .header("Cookie", cookie)
                                .header("Origin", origin)
                                .PUT(BodyPublishers.ofString("{"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static Map<String, String> tls(Pem server, Path authorities) {
        Map<String, String> settings = new HashMap<>();
        for (String door : new String[] {"http", "grpc"}) {
            settings.put("server." + door + ".tls.certificate", server.certificate().toString());
            settings.put("server." + door + ".tls.key", server.key().toString());
            settings.put("server." + door + ".tls.client-ca", authorities.toString());
        }
        return settings;
    }

    private static int put(AllDoors doors, Pem server, Pem own) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(context(server, own)).build()) {
            URI address =
                    URI.create(
                            "https://localhost:" + doors.doors.httpPort() + "/api/v1/expectations");
            return client.send(
                            HttpRequest.newBuilder(address)
                                    .header("Content-Type", "application/json")
                                    .PUT(BodyPublishers.ofString("{"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static SSLContext context(Pem server, Pem own) throws Exception {
        char[] password = Pem.PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance(own.store().toFile(), password);
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, password);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "server",
                KeyStore.getInstance(server.store().toFile(), password).getCertificate("server"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Status.Code call(AllDoors doors, Pem server, Pem own) throws Exception {
        File authority = server.certificate().toFile();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", doors.doors.grpcPort())
                        .sslContext(
                                GrpcSslContexts.forClient()
                                        .trustManager(authority)
                                        .keyManager(own.certificate().toFile(), own.key().toFile())
                                        .build())
                        .build();
        try {
            return catchThrowableOfType(
                            StatusRuntimeException.class,
                            () ->
                                    ScenarioServiceGrpc.newBlockingStub(channel)
                                            .putExpectation(
                                                    PutExpectationRequest.getDefaultInstance()))
                    .getStatus()
                    .getCode();
        } finally {
            channel.shutdownNow();
        }
    }
}
