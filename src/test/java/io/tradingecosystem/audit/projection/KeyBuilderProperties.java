package io.tradingecosystem.audit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import java.util.Arrays;

class KeyBuilderProperties {
    @Property
    void shouldSortNumbersFromZeroOnBothWays(
            @ForAll @LongRange(min = 0) long a, @ForAll @LongRange(min = 0) long b) {
        assertThat(order(KeyBuilder.of('x').number(a), KeyBuilder.of('x').number(b)))
                .isEqualTo(Long.compare(a, b));
        assertThat(order(KeyBuilder.of('x').descending(a), KeyBuilder.of('x').descending(b)))
                .isEqualTo(Long.compare(b, a));
    }

    @Property
    void shouldSortTimesBothWaysAlsoBefore1970(@ForAll long a, @ForAll long b) {
        assertThat(order(KeyBuilder.of('x').time(a), KeyBuilder.of('x').time(b)))
                .isEqualTo(Long.compare(a, b));
        assertThat(order(KeyBuilder.of('x').latestFirst(a), KeyBuilder.of('x').latestFirst(b)))
                .isEqualTo(Long.compare(b, a));
    }

    @Property
    void shouldReadWhatWasWritten(
            @ForAll @LongRange(min = 0) long number, @ForAll long nanos, @ForAll byte[] octets) {
        byte[] key =
                KeyBuilder.of('x')
                        .octets(octets)
                        .number(number)
                        .time(nanos)
                        .latestFirst(nanos)
                        .descending(number)
                        .bytes();

        KeyReader front = KeyReader.of(key);
        assertThat(front.octets(octets.length)).isEqualTo(octets);
        assertThat(front.number()).isEqualTo(number);
        assertThat(front.nanos()).isEqualTo(nanos);
        KeyReader back = KeyReader.last(key, 2);
        assertThat(back.latestFirst()).isEqualTo(nanos);
        assertThat(back.descending()).isEqualTo(number);
    }

    private static int order(KeyBuilder a, KeyBuilder b) {
        return Integer.signum(Arrays.compareUnsigned(a.bytes(), b.bytes()));
    }
}
