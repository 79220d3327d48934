package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** A value that YAML may read as something else than what somebody wrote. */
class PlainScalarTest {
    private final List<String> problems = new ArrayList<>();

    private EventPattern pattern(String text) {
        return EventPattern.read(DefinitionNode.parse("a.yaml", text, problems));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO",
                "yes",
                "n",
                "off",
                "True",
                "~",
                "null",
                "''x",
                "007",
                "1.10",
                "0x1F",
                "0o17",
                "0b1",
                "1_000",
                "+5",
                "-0",
                ".5",
                "1.",
                "1e3",
                ".inf",
                ".NaN",
                "12:30:00",
                "2026-01-01",
                "2026-01-01T12:00:00Z",
                "0.12345678901234567890",
                "1e999"
            })
    void shouldRefuseAValueWithoutQuotesThatIsReadAsSomethingElse(String word) {
        String value = word.equals("''x") ? "" : word;

        pattern("type: x\nattributes:\n  k: " + value + "\n  in: {in: [a, " + value + "]}\n");

        String what = value.isEmpty() ? "has no value" : "is " + value + " without quotes";
        boolean nothing = List.of("~", "null").contains(value);
        assertThat(problems.getFirst())
                .startsWith("a.yaml:3:3: attributes.k " + (nothing ? "has no value" : what))
                .contains("; allowed is '" + value + "' in quotes, true, false, or a number");
        assertThat(problems).allMatch(each -> each.matches("a\\.yaml:[34]:\\d+: .*"));
        assertThat(problems).hasSizeGreaterThanOrEqualTo(value.isEmpty() ? 1 : 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'NO'", "\"007\"", "'1.10'", "17", "-1.5", "true", "12:3a", "N0", "1.2.3"})
    void shouldTakeAValueThatEverybodyReadsTheSame(String value) {
        EventPattern pattern = pattern("type: x\nattributes: {k: " + value + "}");

        assertThat(problems).isEmpty();
        String own = value.replaceAll("['\"]", "");
        AuditEvent event = AuditEvent.builder("s", "x").attribute("k", own).build();
        assertThat(pattern.matches(event)).isTrue();
    }

    @Test
    void shouldTakeTheOwnTextWhereOnlyATextCanBeMeant() {
        EventPattern pattern = pattern("service: NO\ntype: [on, 007, 0x1F, 2026-01-01]");

        assertThat(problems).isEmpty();
        assertThat(pattern.services()).containsExactly(new Glob("NO"));
        assertThat(pattern.types())
                .containsExactly(
                        new Glob("on"), new Glob("007"), new Glob("0x1F"), new Glob("2026-01-01"));
    }

    @Test
    void shouldRefuseANumberThatIsNotItsOwnTextWhereATextIsMeant() {
        pattern("type: 1.10");

        assertThat(problems)
                .containsExactly(
                        "a.yaml:1:1: type is 1.10 without quotes, which YAML may read as 1.1;"
                                + " allowed is '1.10' in quotes, true, false, or a number like 17"
                                + " or 1.5");
    }

    @Test
    void shouldReadNumbersOfJsonWhereANumberIsMeantAndNoOthers() {
        pattern("attributes:\n  a: {above: 1.10}\n  b: {below: 1e3}\n  c: {above: 0x1F}");

        assertThat(problems)
                .containsExactly("a.yaml:4:7: attributes.c.above is \"0x1F\"; allowed is a number");
    }

    @Test
    void shouldReadJsonAsJson() {
        EventPattern pattern =
                pattern(
                        "{\n\t\"type\": \"a\\/b\", \"attributes\":"
                                + " {\"k\": 1.10, \"l\": \"x\u2028\u007f\"}}");

        assertThat(problems).isEmpty();
        assertThat(pattern.types()).containsExactly(new Glob("a/b"));
        AuditEvent event =
                AuditEvent.builder("s", "a/b")
                        .attribute("k", 1.1)
                        .attribute("l", "x\u2028\u007f")
                        .build();
        assertThat(pattern.matches(event)).isTrue();
    }

    @Test
    void shouldRefuseWhatIsReadAsSomethingElseThanSomebodySees() {
        pattern(
                """
                type: &t a
                service: *t
                attributes:
                  <<: v
                  l: !!str x
                  m: 1
                  m: 2
                ---
                type: b
                """);

        assertThat(problems)
                .containsExactly(
                        "a.yaml:2:1: is the alias *t; allowed is the value itself",
                        "a.yaml:4:3: merges another mapping in (<<); allowed is its members"
                                + " themselves",
                        "a.yaml:5:3: has the tag tag:yaml.org,2002:str; allowed is the value"
                                + " alone, or in quotes",
                        "a.yaml:7:3: m is there twice; allowed is once, as on line 6",
                        "a.yaml:9:1: a second document begins; allowed is one document; several"
                                + " definitions stand in one list");
    }
}
