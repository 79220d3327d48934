package io.tradingecosystem.audit.event;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.math.BigDecimal;
import java.util.List;

/** A number is its value, as {@code BigDecimal} has it, however it is spelled. */
class DecimalProperties {
    /** Few digits, so that numbers of one value come up often. */
    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> whole =
                Arbitraries.of("0", "1", "17", "170", "9007199254740993", "1000000000000000000000");
        Arbitrary<String> fraction = Arbitraries.of("", ".0", ".5", ".50", ".05", ".000");
        Arbitrary<String> exponent =
                Arbitraries.of("", "e0", "E1", "e-1", "e+2", "e-002", "e31", "e-35", "e40");
        return Combinators.combine(Arbitraries.of("", "-"), whole, fraction, exponent)
                .as((sign, digits, behind, power) -> sign + digits + behind + power);
    }

    @Property
    void shouldHaveOneKeyForOneValue(
            @ForAll("numbers") String one, @ForAll("numbers") String other) {
        boolean same = new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;

        assertThat(ValueKey.of(one).equals(ValueKey.of(other))).isEqualTo(same);
        assertThat(Decimal.parse(one).equals(Decimal.parse(other))).isEqualTo(same);
    }

    @Property
    void shouldOrderByValue(@ForAll("numbers") String one, @ForAll("numbers") String other) {
        int order = new BigDecimal(one).compareTo(new BigDecimal(other));

        assertThat(number(one).compareTo(number(other))).isEqualTo(order);
    }

    @Property
    void shouldCompareWholeNumbersExactly(@ForAll long one, @ForAll("numbers") String other) {
        int order = new BigDecimal(other).compareTo(BigDecimal.valueOf(one));

        assertThat(number(other).compareToValue(new AttributeValue.Whole(one))).hasValue(order);
    }

    @Property
    void shouldCompareRealsAsTheyAreSpelled(@ForAll double one, @ForAll("numbers") String other) {
        AttributeValue value = new AttributeValue.Real(one);
        int order = number(other).compareTo(Decimal.of(one).orElseThrow());

        assertThat(number(other).compareToValue(value)).hasValue(order);
        assertThat(Decimal.of(value).orElseThrow().toString()).isEqualTo(ValueKey.of(value));
    }

    @Property
    void shouldOrderRealsAsTheyAre(@ForAll double one, @ForAll double other) {
        int order = Double.compare(one + 0.0, other + 0.0);

        assertThat(Decimal.of(one).orElseThrow().compareTo(Decimal.of(other).orElseThrow()))
                .isEqualTo(order);
    }

    @Property
    void shouldSpellAWholeNumberLikeAnyOther(@ForAll long number) {
        assertThat(ValueKey.of(new AttributeValue.Whole(number)))
                .isEqualTo(ValueKey.of(number + ".0"))
                .isEqualTo("" + number);
    }

    @Property
    void shouldSpellARealLikeTheTextItIsWrittenAs(@ForAll double number) {
        AttributeValue real = new AttributeValue.Real(number);

        assertThat(Double.parseDouble(ValueKey.of(real))).isEqualTo(number + 0.0);
    }

    @Property
    void shouldSpellAKeyAsItself(@ForAll("numbers") String number, @ForAll String text) {
        assertThat(ValueKey.of(ValueKey.of(number))).isEqualTo(ValueKey.of(number));
        assertThat(ValueKey.of(ValueKey.of(text))).isEqualTo(ValueKey.of(text));
        assertThat(number(ValueKey.of(number))).isEqualTo(number(number));
    }

    @Example
    void shouldLeaveATextThatIsNoNumberOfJson() {
        for (String text :
                List.of(
                        "",
                        "-",
                        "007",
                        "+1",
                        ".5",
                        "5.",
                        "0x1p3",
                        "1.5f",
                        "NaN",
                        "1e",
                        "1e+",
                        "1 ",
                        "Infinity",
                        "1e1000000000",
                        "1e-99999999999999999999",
                        "-01",
                        "1.e1",
                        "0.0e99999999999999999999",
                        "٣")) {
            assertThat(ValueKey.of(text)).isEqualTo(text);
            assertThat(Decimal.parse(text)).as(text).isEmpty();
        }
    }

    @Example
    void shouldTakeNoMoreTimeOrRoomThanTheTextHas() {
        assertThat(ValueKey.of("1e999999")).isEqualTo("1e999999");
        assertThat(number("1e999999999")).isGreaterThan(number("9e999999998"));
        assertThat(number("-1e-999999999")).isLessThan(number("0"));
        assertThat(ValueKey.of("7".repeat(60_000) + ".0")).isEqualTo("7".repeat(60_000));
        assertThat(ValueKey.of("0." + "0".repeat(60_000) + "1e-999999999"))
                .hasSizeGreaterThan(60_000);
    }

    @Example
    void shouldKnowTheEndsOfDoublesAndWholeNumbers() {
        assertThat(ValueKey.of(new AttributeValue.Real(-0.0))).isEqualTo("0");
        assertThat(ValueKey.of(new AttributeValue.Real(0x1p60))).isEqualTo("1152921504606846976");
        assertThat(ValueKey.of(new AttributeValue.Real(0x1p63))).isEqualTo("9223372036854776000");
        assertThat(ValueKey.of(new AttributeValue.Real(Double.NaN))).isEqualTo("NaN");
        assertThat(number("7").compareToValue(new AttributeValue.Real(Double.POSITIVE_INFINITY)))
                .hasValue(-1);
        assertThat(number("7").compareToValue(new AttributeValue.Real(Double.NaN))).isEmpty();
        assertThat(number("7").compareToValue(new AttributeValue.Text("seven"))).isEmpty();
    }

    private static Decimal number(String text) {
        return Decimal.parse(text).orElseThrow();
    }
}
