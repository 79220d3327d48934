package io.tradingecosystem.audit.style;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Examples in comments come from test sources, where they are compiled and run; a tag of javadoc
 * ({@code snippet}, JEP 413) names the file and the region. Every package has an example. Examples
 * of definitions are read by their readers.
 */
class SnippetsTest {
    private static final Path MAIN = Path.of("src/main/java");

    /** Where the files of examples are: javadoc's option {@code --snippet-path}. */
    private static final Path TESTS = Path.of("src/test/java/io/tradingecosystem/audit");

    private static final Path ROOT = MAIN.resolve("io/tradingecosystem/audit");
    private static final Pattern TAG = Pattern.compile("\\{@snippet\\b([^:}]*)([:}])");
    private static final Pattern YAML =
            Pattern.compile("\\{@snippet lang = yaml :\\n((?: \\*.*\\n)+?) \\* }\\n");
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)\\s*=\\s*\"([^\"]*)\"");

    /** What reads the examples of definitions that stand in the comments of their reader. */
    private static final Map<String, Consumer<String>> READERS =
            Map.of(
                    "RuleReader.java", yaml -> RuleReader.KIND.readOne("example", yaml, "file"),
                    "ExpectationReader.java",
                            yaml -> ExpectationReader.KIND.read("example", yaml, "file"),
                    "MeasureReader.java",
                            yaml -> readOfARun("run: {silence: 30s, baseline: other}\n" + yaml),
                    "RunScopeReader.java", SnippetsTest::readOfARun);

    private static void readOfARun(String yaml) {
        String expectation =
                """
                name: example
                when: {type: order.placed}
                expect: [{name: end, event: {type: order.filled}, within: 10s}]
                """;
        ExpectationReader.KIND.read("example", expectation + yaml, "file");
    }

    /** An example in comments. */
    private record Snippet(Path file, String attributes, boolean inline) {
        Optional<String> attribute(String name) {
            return ATTRIBUTE
                    .matcher(attributes)
                    .results()
                    .filter(found -> found.group(1).equals(name))
                    .map(found -> found.group(2))
                    .findFirst();
        }

        /** Where the code is. */
        Path source() {
            return TESTS.resolve(attribute("file").orElse("?"));
        }
    }

    private static List<Snippet> snippets() throws IOException {
        return files(MAIN).flatMap(SnippetsTest::snippets).toList();
    }

    private static List<Snippet> external() throws IOException {
        return snippets().stream().filter(snippet -> !snippet.inline()).toList();
    }

    private static Stream<Snippet> snippets(Path file) {
        Matcher tag = TAG.matcher(text(file));
        return tag.results()
                .map(
                        found ->
                                new Snippet(
                                        file,
                                        found.group(1).replace(" * ", " "),
                                        found.group(2).equals(":")));
    }

    @Test
    void noExampleShouldBeWrittenWhereNothingCompilesIt() throws IOException {
        assertThat(snippets())
                .isNotEmpty()
                .filteredOn(Snippet::inline)
                .allSatisfy(
                        snippet ->
                                assertThat(READERS)
                                        .containsKey(snippet.file().getFileName().toString()));
    }

    @Test
    void everyExampleOfADefinitionShouldBeReadByItsReader() throws IOException {
        int found = 0;
        for (Snippet snippet : snippets().stream().filter(Snippet::inline).toList()) {
            Matcher yaml = YAML.matcher(text(snippet.file()));
            assertThat(yaml.find()).as("%s", snippet).isTrue();
            READERS.get(snippet.file().getFileName().toString())
                    .accept(yaml.group(1).replaceAll("(?m)^ \\* ?", ""));
            found++;
        }
        assertThat(found).isEqualTo(READERS.size());
    }

    @Test
    void everyExampleShouldBeARegionOfATest() throws IOException {
        for (Snippet snippet : external()) {
            assertThat(snippet.source()).as("%s", snippet).isRegularFile();
            String region = snippet.attribute("region").orElse("?");
            String code = text(snippet.source());
            assertThat(code).as("%s", snippet).contains("// @start region=\"" + region + "\"");
            assertThat(code.split("@start ", -1))
                    .as("%s", snippet)
                    .hasSameSizeAs(code.split("// @end", -1));
        }
    }

    @Test
    void everyExampleShouldRun() throws IOException {
        for (Snippet snippet : external()) {
            assertThat(text(snippet.source())).as("%s", snippet).contains("@Test");
            assertThat(snippet.source().getFileName().toString()).endsWith("Test.java");
        }
    }

    @Test
    void everyRoomShouldSayItsPurposeItsThreadsAndHaveAnExample() throws IOException {
        List<Path> rooms =
                files(ROOT)
                        .map(Path::getParent)
                        .distinct()
                        .filter(room -> !room.equals(ROOT))
                        .toList();
        for (Path room : rooms) {
            Path file = room.resolve("package-info.java");
            assertThat(file).isRegularFile();
            String text = text(file);
            assertThat(text.toLowerCase(Locale.ROOT)).as("%s", file).contains("thread");
            assertThat(text).as("%s", file).containsAnyOf("{@link", "{@code");
            assertThat(snippets(file)).as("%s", file).isNotEmpty();
        }
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
