package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.testing.HostileText;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class PrintableStreamProperties {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out =
            new PrintableStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Provide
    Arbitrary<String> texts() {
        return HostileText.arbitrary();
    }

    @Property(tries = 300)
    void shouldPrintNothingThatIsNotShown(@ForAll("texts") String text) {
        out.print(text);
        out.println(text);
        out.println((Object) new StringBuilder(text));
        out.printf("%s %-20s%n", text, text);
        out.append(text);

        String printed = bytes.toString(StandardCharsets.UTF_8).replace("\t", "");
        assertThat(printed).isNotEmpty().matches(each -> !HostileText.isHostile(each));
        bytes.reset();
    }

    /** Nor do arguments of the command line. */
    @Property(tries = 100)
    void shouldComplainPrintably(@ForAll("texts") String text) {
        PrintStream plain = new PrintStream(bytes, true, StandardCharsets.UTF_8);

        new Main().run(new String[] {"x" + text}, plain, plain);
        new Main().run(new String[] {"verify", "--events", text + "x", "-" + text}, plain, plain);

        String printed = bytes.toString(StandardCharsets.UTF_8).replace("\t", "");
        assertThat(printed)
                .contains("unknown command")
                .matches(each -> !HostileText.isHostile(each));
        bytes.reset();
    }
}
