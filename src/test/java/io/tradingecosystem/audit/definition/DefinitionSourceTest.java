package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a folder of definitions says as a whole. */
class DefinitionSourceTest {
    private static final String RULE =
            "name: one\ntrigger: {type: a}\neffect: {type: b}\nwithin: 1s\n";

    @TempDir private Path folder;

    private DefinitionSource<Rule> source() {
        return new DefinitionSource<>(RuleReader.KIND, Optional.of(folder));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# later\n", "---\n", "rules:\n", "\uFEFF\n"})
    void shouldSetAsideAFileWithoutARule(String text) throws IOException {
        write("a.yaml", text);
        write("b.yaml", RULE);
        DefinitionSource<Rule> source = source();

        assertThat(source.read()).extracting(Definition::name).containsExactly("one");
        assertThat(source.setAside())
                .singleElement()
                .asString()
                .matches(
                        ".*a\\.yaml:\\d:\\d: has no rule; allowed is a mapping that is one rule,"
                                + " .*");
    }

    @Test
    void shouldSetAsideAFileOfTheOtherKindAndTellItFirst() throws IOException {
        write("a.yaml", RULE.replace("1s", "soon"));
        write("b.yaml", "expectations:\n  - {name: x, when: {type: a}}\n");

        assertThatThrownBy(() -> source().read())
                .isInstanceOfSatisfying(
                        InvalidDefinitionException.class,
                        e ->
                                assertThat(e.problems())
                                        .satisfiesExactly(
                                                first ->
                                                        assertThat(first)
                                                                .contains("b.yaml:1:1: is about")
                                                                .contains("expectations"),
                                                second ->
                                                        assertThat(second)
                                                                .contains("a.yaml:4:1: rule one: ")
                                                                .contains("within is")));
    }

    @Test
    void shouldNameTheFileThatIsNotUtf8AndGoOn() throws IOException {
        Files.write(folder.resolve("a.yaml"), "name: ü".getBytes(StandardCharsets.ISO_8859_1));
        write("b.yaml", "rules: [1]");

        assertThatThrownBy(() -> source().read())
                .hasMessageContaining("a.yaml: is not UTF-8")
                .hasMessageContaining(
                        "b.yaml:1:9: rules[0] is not a mapping; allowed is a mapping");
    }

    @Test
    void shouldWarnOfAPatternThatFitsEverything() throws IOException {
        write("a.yaml", RULE.replace("type: b", "type: '*', severity: debug"));

        Definition<Rule> rule = source().read().getFirst();

        assertThat(rule.warnings())
                .containsExactly(
                        folder.resolve("a.yaml") + ":3:1: rule one: effect fits every event");
        assertThat(RuleReader.KIND.readRecorded("e", rule.text(), Definition.FILE).warnings())
                .containsExactly("rule one: effect fits every event");
    }

    @Test
    void shouldNotWarnOfAPatternThatLeavesSomethingOut() throws IOException {
        write("a.yaml", RULE.replace("type: b", "severity: warning"));

        assertThat(source().read()).flatExtracting(Definition::warnings).isEmpty();
    }

    @Test
    void shouldKeepInForceWhatAnEmptyFileSaidBefore() throws IOException {
        write("a.yaml", RULE);
        write("b.yaml", RULE.replace("one", "two"));
        DefinitionsInForce<Rule> inForce = new DefinitionsInForce<>();
        source().read().forEach(inForce::put);
        write("a.yaml", "");
        DefinitionSource<Rule> source = source();
        List<Definition<Rule>> wanted = source.read();
        DefinitionEvents<Rule> events = new DefinitionEvents<>(RuleReader.KIND);

        assertThat(
                        inForce.changes(
                                events,
                                "audit",
                                Instant.EPOCH,
                                wanted,
                                source.setAside().isEmpty()))
                .isEmpty();
        assertThat(inForce.changes(events, "audit", Instant.EPOCH, wanted, true))
                .singleElement()
                .satisfies(event -> assertThat(events.isWithdrawal(event)).isTrue());
    }
}
