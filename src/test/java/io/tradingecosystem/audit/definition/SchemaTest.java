package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;

import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The schemas by which editors complete expectations and rules know what the readers know. */
class SchemaTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml[^\n]*\n(.*?)```");
    private static final Pattern KNOWN = Pattern.compile("zzz is not known.*?one of ([^;\\n]+)");
    private static final String EXPECTATION =
            "{name: n, when: {type: a}, expect: [{name: e, event: {type: b}, within: 1s%s}]%s}";
    private static final String RULE = "{name: n, trigger: %s, effect: {type: b}, within: 1s%s}";

    private static JsonNode schema(String name) throws IOException {
        return new ObjectMapper().readTree(RESOURCES.resolve("schemas/" + name).toFile());
    }

    private static Set<ValidationMessage> problems(String schema, JsonNode value)
            throws IOException {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(schema(schema))
                .validate(value);
    }

    private static String probe(String level) {
        return switch (level) {
            case "expectation" -> EXPECTATION.formatted("", ", zzz: 1");
            case "effect" -> EXPECTATION.formatted(", zzz: 1", "");
            case "forbidden" ->
                    EXPECTATION.formatted(
                            "", ", never: [{name: f, event: {type: b}, within: 1s, zzz: 1}]");
            case "steady" ->
                    EXPECTATION.formatted(
                            "",
                            ", steady: [{name: f, event: {type: b}, within: 1s, for: 1s, zzz: 1}]");
            case "sla" ->
                    EXPECTATION.formatted("", ", sla: [{name: s, to: e, within: 1s, zzz: 1}]");
            case "source" ->
                    EXPECTATION.formatted("", ", speaks: [{service: s, every: 1s, zzz: 1}]");
            case "state" ->
                    EXPECTATION
                            .replace("when: {type: a}", "while: {from: {type: a}, %s}")
                            .formatted("to: {type: b}, at-most: 1m, zzz: 1", "", "");
            case "exception" -> EXPECTATION.formatted(", unless: {event: {type: c}, zzz: 1}", "");
            case "bound-window" ->
                    EXPECTATION
                            .replace("within: 1s", "within: {value: '${v}', at-most: 1m, zzz: 1}")
                            .formatted("", ", let: {v: trigger.v}");
            case "rule" -> RULE.formatted("{type: a}", ", zzz: 1");
            case "pattern" -> RULE.formatted("{type: a, zzz: 1}", "");
            case "one-pattern" -> RULE.formatted("{any-of: [{type: a, zzz: 1}]}", "");
            case "condition" -> RULE.formatted("{attributes: {x: {zzz: 1}}}", "");
            case "join-key" ->
                    RULE.formatted("{type: a}", ", join: [{cause: c, effect: d, zzz: 1}]");
            default -> throw new IllegalArgumentException(level);
        };
    }

    private static List<String> known(String level) {
        String text = probe(level);
        DefinitionKind<?> kind =
                text.contains("expect:") ? ExpectationReader.KIND : RuleReader.KIND;
        var refused =
                catchThrowableOfType(
                        InvalidDefinitionException.class, () -> kind.read("probe", text, "api"));
        Matcher known = KNOWN.matcher(String.join("\n", refused.problems()));
        assertThat(known.find()).as("%s", refused.problems()).isTrue();
        return List.of(known.group(1).strip().split(", "));
    }

    @ParameterizedTest
    @CsvSource({
        "expectations.json, expectation",
        "expectations.json, effect",
        "expectations.json, forbidden",
        "expectations.json, steady",
        "expectations.json, sla",
        "expectations.json, source",
        "expectations.json, state",
        "expectations.json, exception",
        "expectations.json, bound-window",
        "expectations.json, pattern",
        "expectations.json, one-pattern",
        "expectations.json, condition",
        "expectations.json, join-key",
        "rules.json, rule",
        "rules.json, pattern",
        "rules.json, one-pattern",
        "rules.json, condition",
        "rules.json, join-key"
    })
    void shouldKnowTheKeysThatTheReaderKnows(String schema, String level) throws IOException {
        List<String> described = new ArrayList<>();
        schema(schema)
                .at("/$defs/" + level + "/properties")
                .fieldNames()
                .forEachRemaining(described::add);

        assertThat(described).containsExactlyInAnyOrderElementsOf(known(level));
    }

    static List<String> shipped() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String folder : List.of("expectations", "rules", "patterns")) {
            try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
                for (Path file : files.filter(each -> each.toString().endsWith("yaml")).toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        try (Stream<Path> pages = Files.list(Path.of("src/site/markdown"))) {
            for (Path page : pages.sorted().toList()) {
                Matcher blocks = BLOCK.matcher(Files.readString(page));
                while (blocks.find()) {
                    texts.add(blocks.group(1));
                }
            }
        }
        return texts.stream().filter(text -> !schemaOf(text).isEmpty()).toList();
    }

    private static String schemaOf(String text) {
        if (Pattern.compile("(?m)^(expectations|when|while):").matcher(text).find()) {
            return "expectations.json";
        }
        return Pattern.compile("(?m)^(rules|trigger):").matcher(text).find() ? "rules.json" : "";
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shouldAllowWhatIsShippedAndDocumented(String text) throws IOException {
        assertThat(problems(schemaOf(text), new YAMLMapper().readTree(text))).as(text).isEmpty();
    }

    @Test
    void shouldFindTheShippedAndDocumentedOnes() throws IOException {
        assertThat(shipped()).hasSizeGreaterThan(20);
    }

    @Test
    void shouldRefuseAMisspeltKey() throws IOException {
        for (String text : shipped()) {
            String misspelt = text.replaceFirst("name:", "nmae:");
            assertThat(problems(schemaOf(text), new YAMLMapper().readTree(misspelt)))
                    .as(misspelt)
                    .isNotEmpty();
        }
    }
}
