package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Examples in comments of {@code cli}. */
class CommandLineExampleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void shouldRunACommand() {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        // @start region="verify"
        String[] arguments = {"verify", "--events", "src/demo/depeg.ndjson"};
        int exitCode = new Main().run(arguments, out, System.err);
        // @end
        assertThat(exitCode).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("PASSED");
    }
}
