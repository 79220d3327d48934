package io.tradingecosystem.audit.testing;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** One who speaks TLS to a door on this machine; remembers sessions, as browsers do. */
public final class TlsClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SSLContext context;
    private final Optional<Pem> own;

    private TlsClient(Optional<Pem> own, Pem... trusted) throws Exception {
        this.context = context(own, trusted);
        this.own = own;
    }

    /** One that trusts these certificates and shows none. */
    public static TlsClient trusting(Pem... trusted) throws Exception {
        return new TlsClient(Optional.empty(), trusted);
    }

    /** One that shows a certificate. */
    public static TlsClient showing(Pem own, Pem... trusted) throws Exception {
        return new TlsClient(Optional.of(own), trusted);
    }

    private static SSLContext context(Optional<Pem> own, Pem... trusted) throws Exception {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        for (Pem each : trusted) {
            try (var in = Files.newInputStream(each.certificate())) {
                authorities.setCertificateEntry(
                        each.certificate().toString(),
                        CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(authorities);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        char[] password = Pem.PASSWORD.toCharArray();
        keys.init(
                own.isPresent() ? KeyStore.getInstance(own.get().store().toFile(), password) : null,
                password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** A connection whose handshake is done. */
    public SSLSocket connect(int port, String protocol) throws IOException {
        SSLSocket socket = socket(port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** A connection whose handshake is to be done. */
    public SSLSocket socket(int port) throws IOException {
        return (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }

    /** Whether the other side has shown this certificate. */
    public static boolean shown(SSLSocket socket, Pem pem) throws Exception {
        byte[] certificate = socket.getSession().getPeerCertificates()[0].getEncoded();
        try (var in = Files.newInputStream(pem.certificate())) {
            return Arrays.equals(
                    certificate,
                    CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded());
        }
    }

    /** What a path answers, on a connection of its own. */
    public HttpResponse<String> get(int port, String path) throws Exception {
        try (HttpClient http = HttpClient.newBuilder().sslContext(context).build()) {
            URI uri = URI.create("https://localhost:" + port + path);
            return http.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
        }
    }

    /** What the health service says to one that trusts a certificate, or the status. */
    public String health(int port, Pem trusted) throws IOException {
        SslContextBuilder tls =
                GrpcSslContexts.forClient().trustManager(trusted.certificate().toFile());
        own.ifPresent(pem -> tls.keyManager(pem.certificate().toFile(), pem.key().toFile()));
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", port).sslContext(tls.build()).build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus()
                    .name();
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode().name();
        } finally {
            channel.shutdownNow();
        }
    }
}
