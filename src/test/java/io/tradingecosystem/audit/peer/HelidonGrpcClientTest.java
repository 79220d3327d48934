package io.tradingecosystem.audit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.helidon.common.tls.Tls;
import io.helidon.webclient.grpc.GrpcClient;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Why the prober does not ask by Helidon's gRPC client: when this fails, it is time to look again.
 * See {@link FreshConnection}.
 */
class HelidonGrpcClientTest {
    @Test
    void shouldLeaveItsConnectionOpenWhenTheOtherSideSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Channel channel =
                    GrpcClient.builder()
                            .baseUri("http://127.0.0.1:" + silent.getLocalPort())
                            .tls(Tls.builder().enabled(false).build())
                            .build()
                            .channel();
            Thread asking = Thread.ofVirtual().start(() -> ask(channel));
            try (Socket accepted = silent.accept()) {
                accepted.setSoTimeout(1_000);
                assertThat(accepted.getInputStream().readNBytes(24)).hasSize(24);

                asking.interrupt();
                assertThat(asking.join(Duration.ofSeconds(20))).isTrue();

                assertThatThrownBy(() -> accepted.getInputStream().readAllBytes())
                        .isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    private static void ask(Channel channel) {
        ClientCall<HealthCheckRequest, HealthCheckResponse> call =
                channel.newCall(HealthGrpc.getCheckMethod(), CallOptions.DEFAULT);
        try {
            call.start(new ClientCall.Listener<>() {}, new Metadata());
            call.sendMessage(HealthCheckRequest.getDefaultInstance());
        } catch (RuntimeException e) {
            Thread.interrupted();
            try {
                call.cancel("interrupted", e);
            } catch (NullPointerException known) {
                // Thrown because there is no stream yet, before it closes the connection.
                assertThat(known).hasMessageContaining("clientStream()");
            }
        }
    }
}
