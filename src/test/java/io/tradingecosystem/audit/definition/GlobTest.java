package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.testing.CapturedLog;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

class GlobTest {
    private static final int ATTRIBUTE = 64 << 10;

    private static boolean fits(String pattern, String value) {
        return new Glob(pattern).matches(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a      | a    | true",
                "a      | b    | false",
                "a*     | abc  | true",
                "*c     | abc  | true",
                "a*c    | ac   | true",
                "a*a    | a    | false",
                "*b*    | abc  | true",
                "*      | ''   | true",
                "**     | a    | true",
                "?      | a    | true",
                "?      | ''   | false",
                "*?b*   | b    | false",
                "*?b*   | ab   | true",
                "a?*d   | abcd | true",
                "*ab*b  | ab   | false",
                "*aab*  | aaab | true",
                "''     | ''   | true",
                "''     | a    | false",
                "a?b    | a😀b | true",
                "a??b   | a😀b | false",
                "😀?*   | 😀😁 | true",
                "😀?*   | 😁😀 | false",
                "*?😁*  | 😀😁 | true",
                "*?😁*  | 😁x  | false",
            })
    void shouldFit(String pattern, String value, boolean expected) {
        assertThat(fits(pattern, value)).isEqualTo(expected);
    }

    /** Few characters, so that parts overlap themselves and each other. */
    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab*?").ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings().withChars("abc").ofMaxLength(16);
    }

    @Property(tries = 5_000)
    void shouldFitWhatTheRegularExpressionFits(
            @ForAll("patterns") String pattern, @ForAll("values") String value) {
        String regex = pattern.replace("*", ".*").replace("?", ".");

        assertThat(fits(pattern, value)).isEqualTo(Pattern.matches(regex, value));
    }

    /** The bits of a part fill more than one number. */
    @Property(tries = 300)
    void shouldFindPartsOfAnyLength(@ForAll("values") String value) {
        String around = value.replace('a', 'b');
        String part = "ab?c".repeat(40);

        assertThat(fits("*" + part + "*", around + part.replace('?', 'x') + around)).isTrue();
        assertThat(fits("*" + part + "*", around + part.substring(0, 159) + "x" + around))
                .isFalse();
    }

    /** 32,000 times 65,536 steps took minutes. */
    @Test
    void shouldTakeTimeInProportionToTheValueWhateverThePattern() {
        String many = "a".repeat(ATTRIBUTE);
        String almost = "a".repeat(31_999) + "b";
        List<Glob> patterns =
                List.of(
                        new Glob("*" + almost + "*"),
                        new Glob("*" + "a".repeat(499) + "?" + "a".repeat(498) + "b*"),
                        new Glob("*a".repeat(32_000) + "b*"),
                        new Glob("?*".repeat(500) + "b"));

        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    for (int event = 0; event < 15; event++) {
                        assertThat(patterns).noneMatch(pattern -> pattern.matches(many));
                    }
                });
    }

    private static EventPattern read(String like, boolean recorded, List<String> problems) {
        String text = "{\"attributes\": {\"note\": {\"like\": \"" + like + "\"}}}";
        DefinitionNode node =
                recorded
                        ? DefinitionNode.recorded("log", text, problems)
                        : DefinitionNode.parse("file", text, problems);
        return EventPattern.read(node);
    }

    @ParameterizedTest
    @CsvSource({"a,1001", "*,33"})
    void shouldRefuseANewPatternPastTheLimits(String character, int times) {
        List<String> problems = new ArrayList<>();

        read(character.repeat(times), false, problems);

        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("file:1:26: attributes.note.like is a pattern of " + times)
                .endsWith("allowed is at most 1000 characters, of which 32 are *");
    }

    @Test
    void shouldReadWhatTheLogHasWhateverItsLength() {
        List<String> problems = new ArrayList<>();
        String part = "a".repeat(32_000);

        EventPattern pattern = read("*" + part + "*", true, problems);

        assertThat(problems).isEmpty();
        assertThat(pattern.matches(event("b" + part))).isTrue();
        assertThat(pattern.matches(event("b"))).isFalse();
    }

    @Test
    void shouldSayOfWhichRecordedPatternNothingFits() {
        List<String> problems = new ArrayList<>();
        String part = "a?".repeat(600);
        try (CapturedLog log = CapturedLog.of(Glob.class.getPackage())) {
            EventPattern pattern = read("*" + part + "*", true, problems);

            assertThat(problems).isEmpty();
            assertThat(pattern.matches(event("aa".repeat(600)))).isFalse();
            assertThat(log.lines("pattern.set_aside"))
                    .singleElement()
                    .asString()
                    .contains("log: attributes.note.like", "length=1202");
        }
    }

    private static AuditEvent event(String note) {
        return AuditEvent.builder("s", "t").id("e").attribute("note", note).build();
    }
}
