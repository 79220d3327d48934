package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is said of definitions before a service reads them. */
class CheckCommandTest {
    private static final String RULE =
            "name: one\ntrigger: {type: a}\neffect: {type: b}\nwithin: 1s\n";
    private static final String EXPECTATION =
            "name: x\nwhen: {type: a}\nnever: [{name: n, event: {type: b}, within: 1s}]\n";

    private final CommandLine line = new CommandLine();

    @TempDir private Path directory;

    private Path write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    @Test
    void shouldFindNothingWrongWithWhatIsShipped() {
        assertThat(line.run("check", "src/main/resources")).isZero();
        assertThat(line.out().lines())
                .satisfiesExactly(
                        rules ->
                                assertThat(rules).matches(".*/rules: \\d+ rules, 0 problems, 0 .*"),
                        others ->
                                assertThat(others)
                                        .matches(".*: \\d+ expectations, 0 problems, 0 warnings"));
    }

    @Test
    void shouldTellEveryProblemOfEveryFileAndFirstWhatIsSetAside() throws IOException {
        Path wrong = write("d/a.yaml", EXPECTATION.replace("type: b", "attributes: {k: NO}"));
        Path empty = write("d/b.yaml", "");
        Path other = write("d/c.yaml", RULE);
        write("d/d.yaml", EXPECTATION.replace("name: x", "name: y").replace("b}", "'*'}"));

        assertThat(line.run("check", directory.resolve("d").toString())).isEqualTo(1);

        assertThat(line.out().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("problem: " + empty + ":1:1: has no"),
                        second ->
                                assertThat(second)
                                        .startsWith("problem: " + other + ":1:1: is about rules"),
                        third ->
                                assertThat(third)
                                        .startsWith(
                                                "problem: "
                                                        + wrong
                                                        + ":3:40: expectation x: never[0].event"
                                                        + ".attributes.k is NO without quotes"),
                        last ->
                                assertThat(last)
                                        .endsWith("no expectation holds, 3 problems, 0 warnings"));
    }

    @Test
    void shouldEndWithZeroWhereItOnlyWarns() throws IOException {
        Path file = write("r.yaml", RULE.replace("type: b", "type: '*'"));

        assertThat(line.run("check", file.toString())).isZero();

        assertThat(line.out())
                .isEqualTo(
                        "warning: %s:3:1: rule one: effect fits every event%n%s: 1 rule, 0 problems, 1 warning%n"
                                .formatted(file, file));
    }

    @Test
    void shouldEndWithTwoWhereThereIsNothingToCheck() {
        assertThat(line.run("check")).isEqualTo(2);
        assertThat(line.err()).contains("check needs a DIR");
        assertThat(line.run("check", directory.resolve("nothing").toString())).isEqualTo(2);
        assertThat(line.err()).contains("there is no folder or file");
    }
}
