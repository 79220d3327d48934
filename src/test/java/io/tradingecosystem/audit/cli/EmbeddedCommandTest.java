package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A service that another program has for its tests. */
@Timeout(90)
class EmbeddedCommandTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path directory;

    @Test
    void shouldServeUntilItsInputEnds() throws Exception {
        PipedOutputStream parent = new PipedOutputStream();
        PipedOutputStream said = new PipedOutputStream();
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(new PipedInputStream(said), StandardCharsets.UTF_8));
        CompletableFuture<Integer> ended =
                CompletableFuture.supplyAsync(
                        () -> run(input(parent), new PrintStream(said)),
                        task -> Thread.ofPlatform().start(task));

        JsonNode addresses = new ObjectMapper().readTree(lines.readLine());
        assertThat(status(addresses.required("http").asText() + "/health/ready")).isEqualTo(200);
        assertThat(Path.of(addresses.required("folder").asText())).isDirectory();
        assertThat(ended).isNotDone();
        parent.close();

        assertThat(ended.get()).isZero();
        assertThat(Path.of(addresses.required("folder").asText())).doesNotExist();
    }

    @Test
    void shouldSayWhatIsWrongWithExpectations() throws IOException {
        Files.writeString(directory.resolve("e.yaml"), "expectations: [{name: x, when: {typ: a}}]");

        assertThat(
                        run(
                                InputStream.nullInputStream(),
                                System.out,
                                "--expectations",
                                directory.toString()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("e.yaml").contains("typ");
    }

    private int run(InputStream parent, PrintStream out, String... arguments) {
        return new EmbeddedCommand(parent, new Termination())
                .run(List.of(arguments), out, new PrintStream(err));
    }

    private static InputStream input(PipedOutputStream parent) {
        try {
            return new PipedInputStream(parent);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int status(String uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
