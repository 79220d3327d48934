package io.tradingecosystem.audit.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;

import io.grpc.CallOptions;
import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.RawHttp2;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Bytes that nobody means, at both engines: whatever comes, others are served. */
@Timeout(120)
class GrpcFuzzTest {
    private static final long SEED = 16;
    private static final int ROUNDS = 400;
    private static final int PATIENCE_SECONDS = 20;
    private static final String ASK = GrpcTestService.ASK.getFullMethodName();
    private static final MethodDescriptor<byte[], byte[]> RAW =
            MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(ASK)
                    .build();

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldServeOthersWhateverFramesCome(String engine) throws IOException {
        try (OpenDoorsFixture fixture = open(engine);
                GrpcClient other = GrpcClient.of(fixture.doors.grpcPort())) {
            for (int round = 0; round < ROUNDS; round++) {
                try (RawHttp2 caller = new RawHttp2(fixture.doors.grpcPort())) {
                    caller.write(RawHttp2.PREFACE);
                    caller.write(mutated(conversation()));
                }
                assertThat(other.ask("still here")).as(at(round)).isEqualTo("still here");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldAnswerAMessageOfAnyBytes(String engine) {
        try (OpenDoorsFixture fixture = open(engine);
                Caller caller = Caller.of(fixture, CompressorRegistry.getDefaultInstance())) {
            for (int round = 0; round < ROUNDS; round++) {
                Status status = caller.ask(mutated(message()), CallOptions.DEFAULT);

                assertThat(status.getCode())
                        .as(at(round))
                        .isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT);
                assertThat(status.toString()).as(at(round)).doesNotContain(": null");
            }
        }
    }

    /** Helidon's engine answers a cut within the head of gzip as it does a message too large. */
    @ParameterizedTest
    @CsvSource({"grpc-java, 2", "helidon, 10"})
    void shouldSayWhatIsWrongWithGzipThatIsCut(String engine, int from) {
        CutGzip cut = new CutGzip();
        CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
        compressors.register(cut);
        try (OpenDoorsFixture fixture = open(engine);
                Caller caller = Caller.of(fixture, compressors)) {
            for (cut.length = from; cut.length < 20; cut.length++) {
                Status status = caller.ask(message(), CallOptions.DEFAULT.withCompression("gzip"));

                assertThat(status.getCode())
                        .as("cut at %d: %s", cut.length, status)
                        .isEqualTo(Status.Code.INVALID_ARGUMENT);
                assertThat(status.getDescription())
                        .as("cut at %d", cut.length)
                        .isNotBlank()
                        .doesNotContain("null");
            }
        }
    }

    private static OpenDoorsFixture open(String engine) {
        return OpenDoorsFixture.open(
                Map.of("server.grpc.engine", engine),
                (doors, monitoring) -> doors.service(new GrpcTestService()));
    }

    private static String at(int round) {
        return "seed %d, round %d".formatted(SEED, round);
    }

    private static byte[] message() {
        return StringValue.of("hello, hello, hello").toByteArray();
    }

    private static byte[] conversation() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(RawHttp2.encode(RawHttp2.SETTINGS, 0, 0, new byte[] {0, 3, 0, 0, 0, 9}));
        for (int stream = 1; stream < 7; stream += 2) {
            byte[] head = RawHttp2.request("/" + ASK, "grpc-timeout", "5S", "a-bin", "AAAA");
            all.writeBytes(RawHttp2.encode(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, head));
            byte[] data = RawHttp2.message(message());
            all.writeBytes(RawHttp2.encode(RawHttp2.DATA, RawHttp2.END_STREAM, stream, data));
        }
        all.writeBytes(RawHttp2.encode(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 9}));
        all.writeBytes(RawHttp2.encode(RawHttp2.RST_STREAM, 0, 3, new byte[] {0, 0, 0, 8}));
        return all.toByteArray();
    }

    /** Up to four bytes are others, and now and then the end is missing. */
    private byte[] mutated(byte[] bytes) {
        byte[] mutated = bytes.clone();
        for (int change = random.nextInt(1, 5); change > 0; change--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(mutated.length) : mutated.length;
        return Arrays.copyOf(mutated, length);
    }

    /** A client that says what it was answered. */
    private record Caller(ManagedChannel channel) implements AutoCloseable {
        static Caller of(OpenDoorsFixture fixture, CompressorRegistry compressors) {
            return new Caller(
                    ManagedChannelBuilder.forAddress("localhost", fixture.doors.grpcPort())
                            .usePlaintext()
                            .compressorRegistry(compressors)
                            .build());
        }

        Status ask(byte[] message, CallOptions options) {
            try {
                ClientCalls.blockingUnaryCall(
                        channel,
                        RAW,
                        options.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
                        message);
                return Status.OK;
            } catch (StatusRuntimeException e) {
                return e.getStatus();
            }
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }

    /** gzip without its end. */
    private static final class CutGzip implements Codec {
        private volatile int length;

        @Override
        public String getMessageEncoding() {
            return "gzip";
        }

        @Override
        public InputStream decompress(InputStream in) {
            throw new UnsupportedOperationException("answers are not compressed");
        }

        @Override
        public OutputStream compress(OutputStream out) {
            return new ByteArrayOutputStream() {
                @Override
                public void close() throws IOException {
                    ByteArrayOutputStream whole = new ByteArrayOutputStream();
                    try (GZIPOutputStream gzip = new GZIPOutputStream(whole)) {
                        writeTo(gzip);
                    }
                    out.write(whole.toByteArray(), 0, length);
                    out.close();
                }
            };
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
