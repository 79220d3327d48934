package io.tradingecosystem.audit.server.grpc;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

/** The default engine passes every clause. */
@Timeout(60)
class GrpcJavaEngineTest {

    @Nested
    class Calls extends GrpcCallSuite {
        Calls() {
            super("grpc-java");
        }
    }

    @Nested
    class Streams extends GrpcStreamSuite {
        Streams() {
            super("grpc-java", Duration.ofSeconds(30));
        }

        @Test
        void shouldAnswer2000CallsOfOneClientAtOnce() throws Exception {
            assertAnswers2000CallsAtOnce(List.of(client));
        }
    }
}
