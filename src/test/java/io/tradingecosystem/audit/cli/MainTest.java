package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path directory;

    @Test
    void shouldHelp() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("--config FILE").contains("--print-config");
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(text(out)).matches("audit-correlator \\d+\\.\\d+\\.\\d+.*\\(built .*\\)\n");
    }

    @Test
    void shouldPrintTheConfigurationAndEnd() throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), "server.http.port: 8099\n");

        assertThat(run("--config", file.toString(), "--print-config")).isZero();

        assertThat(text(out)).contains("server.http.port: 8099  # " + file);
    }

    @Test
    void shouldEndWithTwoWhenTheSettingsMakeNoSense() throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), "server.http.port: eighty\n");

        assertThat(run("--config=" + file)).isEqualTo(2);

        assertThat(text(err).lines())
                .containsExactly(
                        file
                                + ": server.http.port: \"eighty\" is not accepted: a whole number"
                                + " from 0 to 65535");
    }

    @Test
    void shouldEndWithTwoWhenTheFileIsNotThere() {
        assertThat(run("--config", "/no/such/file.yaml")).isEqualTo(2);
        assertThat(text(err)).contains("/no/such/file.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "nonsense", "--config", "--print-config=x"})
    void shouldEndWithTwoWhenTheCommandLineMakesNoSense(String argument) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(text(err)).startsWith("audit-correlator: ").contains(argument.split("=", 2)[0]);
    }

    @Test
    void shouldEndWithOneWhenAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Path file =
                    Files.writeString(
                            directory.resolve("my.yaml"),
                            """
                            server.http.host: 127.0.0.1
                            server.http.port: %d
                            """
                                    .formatted(port));

            assertThat(run("--config", file.toString())).isEqualTo(1);

            assertThat(text(err).lines()).hasSize(1);
            assertThat(text(err)).contains(":" + port).contains("server.http.port");
        }
    }

    @Test
    void shouldEndWithOneWhenTheDirectoryOfTheLogCannotBe() throws IOException {
        Path notADirectory = Files.writeString(directory.resolve("file"), "");
        Path file =
                Files.writeString(
                        directory.resolve("my.yaml"),
                        """
                        server.http.port: 0
                        server.grpc.port: 0
                        registry.backend: in-process
                        store.path: %s
                        """
                                .formatted(notADirectory.resolve("data")));

        assertThat(run("--config", file.toString())).isEqualTo(1);

        assertThat(text(err).lines()).hasSize(1);
        assertThat(text(err)).contains("store.path", "file/data");
    }

    private int run(String... arguments) {
        return new Main().run(arguments, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
