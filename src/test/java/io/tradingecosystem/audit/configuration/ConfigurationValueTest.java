package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.configuration.ConfigurationException.Reason;
import io.tradingecosystem.audit.configuration.ConfigurationValue.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

class ConfigurationValueTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void shouldConvertToWhatIsWanted() {
        assertThat(value(" 90 ").asInt()).isEqualTo(90);
        assertThat(value("90.0").asInt()).isEqualTo(90);
        assertThat(value("-9e1").asLong()).isEqualTo(-90);
        assertThat(value("9007199254740993").asLong()).isEqualTo(9007199254740993L);
        assertThat(value("0.25").asDouble()).isEqualTo(0.25);
        assertThat(value("1m30s").asDuration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(value("PT15S").asDuration()).isEqualTo(Duration.ofSeconds(15));
        assertThat(value("anything at all").asString()).isEqualTo("anything at all");
        assertThat(value("{\"days\":[1,2],\"more\":0}").asJson(Days.class))
                .isEqualTo(new Days(List.of(1, 2)));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "FALSE,false", "yes,true", "No,false", "on,true", "0,false"})
    void shouldUnderstandTruthAsServicesWriteIt(String raw, boolean truth) {
        assertThat(value(raw).asBoolean()).isEqualTo(truth);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ninety", "90.5", "0x5A", "2147483648", "1e400", "NaN", "９０"})
    void shouldSayWhyItIsNoInt(String raw) {
        assertThatThrownBy(() -> value(raw).asInt())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> {
                            assertThat(e.key()).isEqualTo("some.key");
                            assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE);
                        })
                .hasMessage("some.key is \"" + raw + "\" (from service), not a int");
    }

    @Test
    void shouldNameKeyValueAndTypeWhenAConversionFails() {
        List<Consumer<ConfigurationValue>> conversions =
                List.of(
                        ConfigurationValue::asLong,
                        ConfigurationValue::asDouble,
                        ConfigurationValue::asBoolean,
                        ConfigurationValue::asDuration,
                        each -> each.asJson(Days.class));
        List<String> wanted = List.of("long", "double", "boolean", "duration", "Days");
        for (int i = 0; i < conversions.size(); i++) {
            Consumer<ConfigurationValue> conversion = conversions.get(i);

            assertThatThrownBy(() -> conversion.accept(value("maybe")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("some.key is \"maybe\"")
                    .hasMessageContaining(wanted.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[1", "{\"days\":1}", "{} {}", "1e999999999"})
    void shouldRefuseJsonThatIsNotWhatIsWanted(String raw) {
        assertThatThrownBy(() -> value(raw).asJson(Days.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("some.key");
    }

    @Test
    void shouldNotReadNumbersThatTakeForeverToRead() {
        assertThatThrownBy(() -> value("9".repeat(1_000_000)).asLong())
                .hasMessageContaining("(1000000 characters)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"90|NUMBER", "-1.5|NUMBER", "true|BOOLEAN", "[1]|JSON", "{}|JSON", "x|STRING"})
    void shouldTellTheTypeOfOurOwnValues(String raw, ValueType type) {
        assertThat(ConfigurationValue.own("k", raw, Source.DEFAULT, NOON).type()).isEqualTo(type);
    }

    @Test
    void shouldTellItsAge() {
        assertThat(value("1").age(NOON.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(value("1").age(NOON.minusSeconds(5))).isEqualTo(Duration.ZERO);
    }

    private static ConfigurationValue value(String raw) {
        return ConfigurationValue.own("some.key", raw, Source.SERVICE, NOON);
    }

    record Days(List<Integer> days) {}
}
