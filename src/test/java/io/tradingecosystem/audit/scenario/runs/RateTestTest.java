package io.tradingecosystem.audit.scenario.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** The test of two rates is the binomial sum that it stands for. */
class RateTestTest {
    @Property(tries = 300)
    void shouldBeTheBinomialTail(
            @ForAll @IntRange(max = 200) int count,
            @ForAll @IntRange(max = 200) int base,
            @ForAll @IntRange(min = 1, max = 40) int tenths,
            @ForAll @IntRange(min = 1, max = 100) int seconds) {
        RateTest test = new RateTest(count, seconds, base, 10);
        double times = tenths / 10.0;
        double share = times * seconds / (times * seconds + 10);

        assertThat(test.orMore(times))
                .isCloseTo(tail(count + base, count, count + base, share), within(1e-9));
        assertThat(test.orFewer(times))
                .isCloseTo(tail(count + base, 0, count, share), within(1e-9));
    }

    private static double tail(int n, int from, int to, double share) {
        BigDecimal p = BigDecimal.valueOf(share);
        BigDecimal q = BigDecimal.ONE.subtract(p);
        BigDecimal sum = BigDecimal.ZERO;
        BigInteger choose = BigInteger.ONE;
        for (int k = 0; k <= to; k++) {
            if (k >= from) {
                sum =
                        sum.add(
                                new BigDecimal(choose)
                                        .multiply(p.pow(k, MathContext.DECIMAL128))
                                        .multiply(q.pow(n - k, MathContext.DECIMAL128)),
                                MathContext.DECIMAL128);
            }
            choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1));
        }
        return sum.doubleValue();
    }
}
