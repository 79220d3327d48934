package io.tradingecosystem.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process that tells what it has done, a line each, and is killed with -9 meanwhile. */
public final class KilledProcess {
    private static final String END = " .";

    private final Class<?> program;
    private final Path directory;

    /**
     * A process to come.
     *
     * @param program has a {@code main} that ends every line with {@link #line}
     * @param directory for its temporary files and error output
     */
    public KilledProcess(Class<?> program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /** What a program has done, as it is to be printed. */
    public static String line(String done) {
        return done + END;
    }

    /**
     * Runs it until it has reported so much, and kills it.
     *
     * @return what it reported, up to its death; what the kill cut is left out
     */
    public List<String> run(int lines, String... arguments)
            throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(directory.resolve("errors").toFile())
                        .start();
        List<String> heard = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null) {
                if (line.endsWith(END)) {
                    heard.add(line.substring(0, line.length() - END.length()));
                }
                if (heard.size() == lines) {
                    process.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(() -> "killed, or else it said: " + errors())
                .isEqualTo(128 + 9);
        assertThat(temporary).as("what a killed process leaves").isEmptyDirectory();
        return heard;
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
