package io.tradingecosystem.audit.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * How an instance is asked for its health: over gRPC by the name of its service, and where it does
 * not know that, as a whole; over HTTP at {@code /api/v1/health}, and where there is no such path,
 * at {@code /health}.
 */
final class HealthQuestion {
    /** Takes what common's refuses, such as text behind the document: others write it. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> WELL =
            Set.of("healthy", "active", "up", "serving", "ok", "ready", "alive");

    private HealthQuestion() {}

    /**
     * Over gRPC, within a time for both questions.
     *
     * @throws StatusRuntimeException if there is no answer; UNIMPLEMENTED if there is no such
     *     service
     */
    static PeerHealth.State ask(Channel channel, String service, Duration timeout) {
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return ask(
                service,
                request ->
                        ClientCalls.blockingUnaryCall(
                                channel, HealthGrpc.getCheckMethod(), options, request));
    }

    /** Over gRPC, by whatever makes the calls. */
    static PeerHealth.State ask(
            String service, Function<HealthCheckRequest, HealthCheckResponse> check) {
        try {
            return meaning(check.apply(named(service)).getStatus());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw e;
            }
            return meaning(check.apply(named("")).getStatus());
        }
    }

    /**
     * Over HTTP.
     *
     * @param get gives the body of a path
     * @throws HttpAnswerException if there is no such path
     */
    static PeerHealth.State askOverHttp(Function<String, byte[]> get) {
        try {
            return answer(get, "/api/v1/health");
        } catch (HttpAnswerException e) {
            if (!e.notOffered()) {
                throw e;
            }
            return answer(get, "/health");
        }
    }

    static PeerHealth.State meaning(ServingStatus status) {
        return switch (status) {
            case SERVING -> PeerHealth.State.SERVING;
            case NOT_SERVING -> PeerHealth.State.NOT_SERVING;
            case UNKNOWN, SERVICE_UNKNOWN, UNRECOGNIZED -> PeerHealth.State.UNKNOWN;
        };
    }

    static HealthCheckRequest named(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }

    private static PeerHealth.State answer(Function<String, byte[]> get, String path) {
        try {
            return meaning(get.apply(path));
        } catch (HttpAnswerException e) {
            if (e.unavailable()) {
                return PeerHealth.State.NOT_SERVING;
            }
            throw e;
        }
    }

    /** A success is a success, unless it says in so many words that it is not. */
    private static PeerHealth.State meaning(byte[] body) {
        try {
            JsonNode status = JSON.readTree(body).path("status");
            boolean well =
                    !status.isTextual() || WELL.contains(status.asText().toLowerCase(Locale.ROOT));
            return well ? PeerHealth.State.SERVING : PeerHealth.State.NOT_SERVING;
        } catch (JsonProcessingException e) {
            return PeerHealth.State.SERVING;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail", e);
        }
    }
}
