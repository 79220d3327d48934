package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

class MainTest {
    private final CommandLine line = new CommandLine();

    @TempDir Path directory;

    @Test
    void shouldHelp() {
        assertThat(line.run("--help")).isZero();
        assertThat(line.out()).contains("--config FILE").contains("--print-config");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "play", "verify", "check", "replay"})
    void shouldHelpWithOneCommandAlone(String command) {
        assertThat(line.run(command, "--help")).isZero();
        String help = line.out();
        assertThat(help).startsWith("usage: java -jar audit-correlator.jar " + command);
        assertThat(help).doesNotContain("--print-config");
        assertThat(line.run("help", command)).isZero();
        assertThat(line.out()).isEqualTo(help);
    }

    @Test
    void shouldNameTheCommandsWhereThereIsNoSuch() {
        assertThat(line.run("chekc", "--help")).isEqualTo(2);
        assertThat(line.err())
                .contains(
                        "unknown command chekc; there are demo, play, verify, start, await,"
                                + " compare, check, replay");
    }

    @Test
    void shouldTellHowToStartTheServiceThatIsToBePlayedInto() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path file = Files.writeString(directory.resolve("my.yaml"), "server.http.port: " + port);

        assertThat(line.run("play", "depeg", "--speed", "max", "--config", file.toString()))
                .isEqualTo(2);
        assertThat(line.err())
                .contains("no service answers at http://localhost:" + port)
                .contains("start one in another terminal: java -jar");
        assertThat(line.run("play", "depeg.json")).isEqualTo(2);
        assertThat(line.err()).contains("there is no file depeg.json; in the jar are depeg, ");
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(line.run("--version")).isZero();
        assertThat(line.out()).matches("audit-correlator \\d+\\.\\d+\\.\\d+.*\\(built .*\\)\n");
    }

    @Test
    void shouldPrintTheConfigurationAndEnd() throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), "server.http.port: 8099\n");

        assertThat(line.run("--config", file.toString(), "--print-config")).isZero();

        assertThat(line.out()).contains("server.http.port: 8099  # " + file);
    }

    @Test
    void shouldEndWithTwoWhenTheSettingsMakeNoSense() throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), "server.http.port: eighty\n");

        assertThat(line.run("--config=" + file)).isEqualTo(2);

        assertThat(line.err().lines())
                .containsExactly(
                        file
                                + ": server.http.port: \"eighty\" is not accepted: a whole number"
                                + " from 0 to 65535");
    }

    @Test
    void shouldNameBothLinesOfAKeyThatStandsTwice() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("my.yaml"),
                        """
                        server:
                          http:
                            port: 1
                            port: 2
                          grpc.port: 3
                        server.http:
                          host: 127.0.0.1
                        server.grpc.port: 4
                        """);

        assertThat(line.run("--config=" + file)).isEqualTo(2);

        assertThat(line.err().lines())
                .containsExactly(
                        file
                                + ":4: server.http.port: \"2\" is not accepted: line 3 has this key"
                                + " already",
                        file
                                + ":8: server.grpc.port: \"4\" is not accepted: line 5 has this key"
                                + " already");
    }

    @Test
    void shouldSayInOneLineThatAFileIsNotYaml() throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), "server: [\n  {\n: :");

        assertThat(line.run("--config=" + file)).isEqualTo(2);

        assertThat(line.err().lines()).hasSize(1);
        assertThat(line.err()).contains("valid YAML", "line ");
    }

    @Test
    void shouldWantAPortForEachDoor() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("my.yaml"), "server: {http.port: 8099, grpc.port: 8099}");

        assertThat(line.run("--config=" + file)).isEqualTo(2);

        assertThat(line.err().lines())
                .containsExactly(
                        file
                                + ": server.grpc.port: \"8099\" is not accepted: a port of its own;"
                                + " server.http.port is the same");
    }

    @Test
    void shouldEndWithTwoWhenTheFileIsNotThere() {
        assertThat(line.run("--config", "/no/such/file.yaml")).isEqualTo(2);
        assertThat(line.err()).contains("/no/such/file.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "nonsense", "--config", "--print-config=x"})
    void shouldEndWithTwoWhenTheCommandLineMakesNoSense(String argument) {
        assertThat(line.run(argument)).isEqualTo(2);
        assertThat(line.err()).startsWith("audit-correlator: ").contains(argument.split("=", 2)[0]);
    }

    @Test
    void shouldEndWithTwoForWhatItCannotWorkWith() throws IOException {
        String file = recording("").toString();

        assertThat(line.run("verify", "--events", file, "--clock-skew", "99999999999d"))
                .isEqualTo(2);
        assertThat(line.err()).contains("--clock-skew is a duration like 100ms, at most a day");
        assertThat(line.run("play", file, "--service", "http://localhost:99999")).isEqualTo(2);
        assertThat(line.err()).contains("--service is an address like");
    }

    private Path recording(String member) throws IOException {
        return Files.writeString(
                directory.resolve("e.ndjson"),
                "{\"service\":\"s\",\"type\":\"t\",\"occurred_at\":\"2026-01-01T00:00:00Z\"%s}\n"
                        .formatted(member));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1600-01-01T00:00:00Z", "9999-12-31T00:00:00Z"})
    void shouldNameTheLineOfATimeThatIsOutOfBounds(String time) throws IOException {
        Path file = recording(",\"recorded_at\":\"" + time + "\"");

        assertThat(line.run("verify", "--events", file.toString())).isEqualTo(2);

        assertThat(line.err()).contains("e.ndjson:1: recorded_at " + time);
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

            assertThat(line.run("--config", file.toString())).isEqualTo(1);

            assertThat(line.err().lines()).hasSize(1);
            assertThat(line.err()).contains(":" + port).contains("server.http.port");
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

        assertThat(line.run("--config", file.toString())).isEqualTo(1);

        assertThat(line.err().lines()).hasSize(1);
        assertThat(line.err()).contains("store.path", "file/data");
    }
}
