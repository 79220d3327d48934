package io.tradingecosystem.audit.style;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What comments say of other people's faults: each class of {@code server.connection} and {@code
 * server.grpc.helidon} names the fault for which it is there, and every test named for a fault
 * exists.
 */
class FaultsTest {
    private static final Path MAIN = Path.of("src/main/java/io/tradingecosystem/audit");
    private static final Path TESTS = Path.of("src/test/java");
    private static final List<String> WORKAROUNDS =
            List.of("server/connection", "server/grpc/helidon");
    private static final Pattern NAMED =
            Pattern.compile("(?:Shown|Held) by: ((?:\\{@code [\\w.]+}(?:, )?)+)");
    private static final Pattern TEST = Pattern.compile("\\{@code (\\w+)(?:\\.(\\w+))?}");

    @Test
    void everyWorkaroundShouldNameItsFault() throws IOException {
        for (String room : WORKAROUNDS) {
            assertThat(files(MAIN.resolve(room)))
                    .filteredOn(file -> !file.endsWith("package-info.java"))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(text(file)).as("%s", file).contains("Fault: "));
        }
    }

    @Test
    void everyTestNamedForAFaultShouldExist() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (Path file : files(TESTS)) {
            tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
        int found = 0;
        for (Path file : files(MAIN)) {
            Matcher named = NAMED.matcher(text(file));
            while (named.find()) {
                Matcher test = TEST.matcher(named.group(1));
                while (test.find()) {
                    assertThat(tests).as("%s", file).containsKey(test.group(1));
                    if (test.group(2) != null) {
                        assertThat(tests.get(test.group(1)))
                                .as("%s", file)
                                .contains("void " + test.group(2) + "(");
                    }
                    found++;
                }
            }
        }
        assertThat(found).isGreaterThan(20);
    }

    /** As one line, without the asterisks of comments. */
    private static String text(Path file) {
        try {
            return Files.readString(file).replaceAll("\\s*\\n \\* ?", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }
}
