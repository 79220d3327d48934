package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

class AnswerReaderTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void shouldReadTheContract() {
        Answer.Found answer =
                read(
                        """
                        {"key":"k","value":"90","type":"number","environment":"development",
                         "last_updated":"2026-01-31T12:00:00Z","unheard_of":{}}
                        """);

        assertThat(answer.raw()).isEqualTo("90");
        assertThat(answer.type()).isEqualTo(ValueType.NUMBER);
        assertThat(answer.lastUpdated()).contains(NOON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "string|STRING", "number|NUMBER", "int|NUMBER", "INTEGER|NUMBER", "float|NUMBER",
                "bool|BOOLEAN", "boolean|BOOLEAN", "json|JSON", "object|JSON", "array|JSON",
                "unheard-of|NUMBER", "|NUMBER",
            })
    void shouldUnderstandTheTypeNamesOfOthers(String name, ValueType type) {
        String declared = name == null ? "" : name;
        assertThat(read("{\"value\":\"90\",\"type\":\"" + declared + "\"}").type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "90          | 90          | NUMBER",
                "9.5         | 9.5         | NUMBER",
                "true        | true        | BOOLEAN",
                "{\"a\":[1]} | {\"a\":[1]} | JSON",
                "[1,2]       | [1,2]       | JSON",
                "\"true\"    | true        | BOOLEAN",
                "\"text\"    | text        | STRING",
            })
    void shouldTakeValuesThatAreNoText(String json, String raw, ValueType type) {
        Answer.Found answer = read("{\"value\":" + json + "}");

        assertThat(answer.raw()).isEqualTo(raw);
        assertThat(answer.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z",
        "2026-01-31T13:00:00.000+01:00",
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00Z",
        "1769860800",
        "1769860800000",
        "1769860800.000",
    })
    void shouldUnderstandTimesAsServicesWriteThem(String time) {
        assertThat(read("{\"value\":1,\"last_updated\":\"" + time + "\"}").lastUpdated())
                .contains(NOON);
    }

    @ParameterizedTest
    @CsvSource({"yesterday", "''", "99999999999999999999999999999999", "2026-13-01T00:00:00Z"})
    void shouldDoWithoutATimeThatMakesNoSense(String time) {
        assertThat(read("{\"value\":1,\"last_updated\":\"" + time + "\"}").lastUpdated())
                .matches(moment -> moment.isEmpty() || moment.get().isAfter(NOON));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                | empty",
                "<html>Login</html>                | not JSON",
                "{\"value\":                       | not JSON",
                "{\"value\":1} trailing            | not JSON",
                "[1]                               | not a JSON object",
                "{}                                | no \"value\"",
                "{\"value\":null}                  | no \"value\"",
                "{\"key\":\"other\",\"value\":\"\"} | another key, other",
            })
    void shouldSayWhatIsWrong(String body, String message) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(AskingException.Lasting.class)
                .hasMessageContaining("answer unreadable")
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseJsonThatIsTooDeep() {
        String deep = "{\"value\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThatThrownBy(() -> read(deep)).hasMessageContaining("not JSON");
    }

    private static Answer.Found read(String body) {
        return AnswerReader.read("k", body.getBytes(StandardCharsets.UTF_8));
    }
}
