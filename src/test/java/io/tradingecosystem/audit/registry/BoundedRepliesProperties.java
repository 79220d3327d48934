package io.tradingecosystem.audit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

class BoundedRepliesProperties {
    private static final BoundedReplies.Bounds BOUNDS = new BoundedReplies.Bounds(100, 300, 1_000);

    @Property(tries = 300)
    void shouldPassOnWhatFits(@ForAll("replies") List<String> sent) throws IOException {
        String all = String.join("", sent);

        assertThat(read(all)).isEqualTo(all);
    }

    @Property(tries = 300)
    void shouldKeepInStepPastWhatDoesNotFit(@ForAll("replies") List<String> sent)
            throws IOException {
        String large = text("x".repeat(101));

        for (String reply : sent) {
            assertThat(read(large + reply)).isEqualTo("-TOOLARGE over 100 bytes\r\n" + reply);
            assertThat(read("*2\r\n" + text("a") + large + reply)).endsWith("bytes\r\n" + reply);
        }
    }

    @Property(tries = 300)
    void shouldNeverGiveMoreThanItsBoundsWhateverComes(@ForAll byte[] garbage) {
        BoundedReplies replies = new BoundedReplies(new ByteArrayInputStream(garbage), BOUNDS);
        byte[] given = new byte[garbage.length + 1];

        try {
            assertThat(replies.readNBytes(given, 0, given.length)).isLessThan(given.length);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Example
    void shouldGiveNamesThatAreTooLongAsEmptyOnes() throws IOException {
        String page = "*2\r\n" + text("0") + "*2\r\n" + text("x".repeat(101)) + text("a");

        assertThat(read(page)).isEqualTo("*2\r\n" + text("0") + "*2\r\n" + text("") + text("a"));
    }

    @Example
    void shouldAskAgainForWhatIsTooMuchAtOnce() throws IOException {
        String one = text("x".repeat(90));

        assertThat(read(one + one + one + one)).isEqualTo(one + one + one + "-LATER\r\n");
    }

    @Example
    void shouldGiveUpAConnectionRatherThanReadOn() {
        assertThatThrownBy(() -> read("+OK\r\n$2147483647\r\n"))
                .isInstanceOfSatisfying(
                        OversizedReplyException.class,
                        failure -> assertThat(failure.reply()).isEqualTo(1));
        assertThatThrownBy(() -> read("*2147483647\r\n"))
                .isInstanceOf(OversizedReplyException.class);
        assertThatThrownBy(() -> read("*1\r\n*1\r\n*1\r\n*1\r\n")).hasMessageContaining("deep");
    }

    @Provide
    Arbitrary<List<String>> replies() {
        Arbitrary<String> words = Arbitraries.strings().alpha().ofMaxLength(10);
        Arbitrary<String> texts = words.map(BoundedRepliesProperties::text);
        Arbitrary<String> arrays =
                texts.list()
                        .ofMaxSize(5)
                        .map(items -> "*" + items.size() + "\r\n" + String.join("", items));
        return Arbitraries.oneOf(
                        texts,
                        arrays,
                        words.map(word -> "+" + word + "\r\n"),
                        words.map(word -> "-ERR " + word + "\r\n"),
                        Arbitraries.longs().map(number -> ":" + number + "\r\n"),
                        Arbitraries.of("$-1\r\n", "*-1\r\n"))
                .list()
                .ofMaxSize(3);
    }

    private static String text(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private static String read(String sent) throws IOException {
        BoundedReplies replies =
                new BoundedReplies(
                        new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1)),
                        BOUNDS);
        StringBuilder read = new StringBuilder();
        try {
            while (true) {
                read.append((char) replies.read());
            }
        } catch (EOFException e) {
            return read.toString();
        }
    }
}
