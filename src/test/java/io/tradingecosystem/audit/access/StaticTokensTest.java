package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.testing.CapturedLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

class StaticTokensTest {
    /** The SHA-256 of "a" and of "b", as sha256sum prints them. */
    private static final String HASH_OF_A =
            "sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    private static final String HASH_OF_B =
            "sha256:3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";

    private final AtomicLong ticks = new AtomicLong();

    @TempDir private Path directory;

    @Test
    void shouldKnowSeveralTokensOfOneName() throws IOException {
        StaticTokens tokens =
                read("# rotated\nrisk " + HASH_OF_A + "\n\n  risk\t" + HASH_OF_B + "\n");

        assertThat(find(tokens, "a")).contains("risk");
        assertThat(find(tokens, "b")).contains("risk");
        assertThat(find(tokens, "c")).isEmpty();
    }

    @Test
    void shouldFollowTheFile() throws IOException {
        StaticTokens tokens = read("risk " + HASH_OF_A);
        write("other " + HASH_OF_B);

        assertThat(find(tokens, "a")).as("looked at a moment ago").contains("risk");
        passASecond();
        assertThat(find(tokens, "a")).isEmpty();
        assertThat(find(tokens, "b")).contains("other");
    }

    @Test
    void shouldKeepWhatWasThereWhenTheFileCannotBeRead() throws IOException {
        StaticTokens tokens = read("risk " + HASH_OF_A);
        write("risk a-token-that-somebody-forgot-to-hash");

        passASecond();
        assertThat(find(tokens, "a")).contains("risk");
        Files.delete(file());
        passASecond();
        assertThat(find(tokens, "a")).contains("risk");
        write("other " + HASH_OF_B + "\n");
        passASecond();
        assertThat(find(tokens, "b")).contains("other");
    }

    @Test
    void shouldNotStartWithAFileThatCannotBeRead() throws IOException {
        assertThatThrownBy(() -> read("risk " + HASH_OF_A + "\nrisk secret"))
                .isInstanceOf(AccessException.class)
                .hasMessageContaining("line 2 is not a name and sha256:")
                .hasMessageNotContaining("secret");
        Files.delete(file());
        assertThatThrownBy(
                        () ->
                                StaticTokens.of(
                                        Optional.of(file()), StaticTokensTest::caller, ticks::get))
                .isInstanceOf(AccessException.class);
    }

    @Test
    void shouldRememberWhatItFoundUntilTheFileIsAnotherOne() throws IOException {
        StaticTokens tokens = read("risk " + HASH_OF_A);
        assertThat(tokens.known("a")).isEmpty();
        assertThat(find(tokens, "a")).contains("risk");
        find(tokens, "c");

        passASecond();
        assertThat(tokens.known("a").map(Caller::name)).contains("risk");
        assertThat(tokens.known("c")).isEmpty();
        write("other " + HASH_OF_B);
        passASecond();
        assertThat(tokens.known("a")).isEmpty();
    }

    @Test
    void shouldSayOnceThatAFileIsWrong() throws IOException {
        StaticTokens tokens = read("risk " + HASH_OF_A);
        try (CapturedLog log = CapturedLog.of(StaticTokens.class.getPackage())) {
            write("risk secret");
            look(tokens);
            look(tokens);
            assertThat(log.lines()).singleElement().asString().contains("access.tokens.kept");
            assertThat(log.lines().getFirst()).contains("line 1 is not").doesNotContain("secret");

            Files.delete(file());
            look(tokens);
            assertThat(log.lines().getLast()).contains("NoSuchFileException");

            write("other " + HASH_OF_B);
            look(tokens);
            assertThat(log.lines().getLast()).contains("access.tokens.read");
        }
    }

    @Test
    void shouldBoundTheFile() throws IOException {
        String line = "risk " + HASH_OF_A + "\n";
        assertThat(find(read(line.repeat(10_000)), "a")).contains("risk");
        assertThatThrownBy(() -> read(line.repeat(10_001)))
                .hasMessageEndingWith("it has more than 10000 tokens");

        String comment = "#".repeat((4 << 20) - line.length());
        assertThat(find(read(line + comment), "a")).contains("risk");
        assertThatThrownBy(() -> read(line + comment + "#"))
                .hasMessageEndingWith("it is larger than 4194304 bytes");
    }

    private void look(StaticTokens tokens) {
        passASecond();
        assertThat(find(tokens, "c")).isEmpty();
    }

    /** As a request does it. */
    private static Optional<String> find(StaticTokens tokens, String token) {
        return tokens.known(token)
                .or(() -> tokens.find(token, TokenHash.of(token)))
                .map(Caller::name);
    }

    private static Caller caller(String name) {
        return new Caller(name, Caller.Kind.TOKEN, Set.of(), Set.of());
    }

    private void passASecond() {
        ticks.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    private StaticTokens read(String text) throws IOException {
        write(text);
        return StaticTokens.of(Optional.of(file()), StaticTokensTest::caller, ticks::get);
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private Path file() {
        return directory.resolve("tokens");
    }
}
