package io.tradingecosystem.audit.server.grpc.helidon;

import io.tradingecosystem.audit.server.grpc.GrpcCallSuite;
import io.tradingecosystem.audit.server.grpc.GrpcStreamSuite;
import io.tradingecosystem.audit.testing.KnownFailure;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

/** The engine for those who want Helidon only, with what it cannot do. */
@Timeout(60)
class HelidonEngineTest {

    @Nested
    class Calls extends GrpcCallSuite {
        Calls() {
            super("helidon");
        }

        @Test
        @Override
        @KnownFailure(
                value = "Helidon 4.5.0: Http2Connection.pingFrame answers any number of pings",
                shows = "Read timed out")
        public void shouldRefuseAFloodOfPings() throws Exception {
            super.shouldRefuseAFloodOfPings();
        }
    }

    @Nested
    class Streams extends GrpcStreamSuite {
        Streams() {
            super("helidon", Duration.ofSeconds(3));
        }

        @Test
        @Override
        @KnownFailure(
                value =
                        "Helidon 4.5.0: WindowSizeImpl.Outbound.blockTillUpdate does not hear of a"
                                + " cancel; the writer waits while the connection lasts",
                shows = "the end of the writer")
        public void shouldStopWritingToAReaderThatStallsAndGoes() throws Exception {
            super.shouldStopWritingToAReaderThatStallsAndGoes();
        }

        @Test
        @Override
        @KnownFailure(
                value =
                        "Helidon 4.5.0: Http2ServerStream.data blocks the thread of the connection,"
                                + " which the writer of the stream waits for",
                shows = "DEADLINE_EXCEEDED")
        public void shouldBring60000MessagesOfOneBidirectionalStream() throws Exception {
            super.shouldBring60000MessagesOfOneBidirectionalStream();
        }

        @Test
        @Override
        @KnownFailure(
                value =
                        "Helidon 4.5.0: Http2Connection.stream takes the reset of a call that is"
                                + " over for a PROTOCOL error and closes the connection with all"
                                + " its calls",
                shows = "UNAVAILABLE|Abrupt GOAWAY")
        public void shouldLeaveALongCallAloneWhileThousandsOfDeadlinesPass() throws Exception {
            super.shouldLeaveALongCallAloneWhileThousandsOfDeadlinesPass();
        }

        @Test
        @Override
        @KnownFailure(
                value =
                        "Helidon 4.5.0: Http2Connection.activateStream counts streams that the"
                                + " client has seen the end of, and closes the connection of one"
                                + " that opens as many as it may",
                shows = "not served|Connection reset|EOFException")
        public void shouldServeTheNextCallWhenTheClientHasSeenTheEndOfAsManyAsMayBeOpen()
                throws Exception {
            super.shouldServeTheNextCallWhenTheClientHasSeenTheEndOfAsManyAsMayBeOpen();
        }
    }
}
