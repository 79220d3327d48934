package io.tradingecosystem.audit.scenario.runs;

/**
 * The exact conditional test of two Poisson rates (Przyborowski and Wilenski, 1940): of all events
 * of both runs, those of one are binomial. Tails by the regularized incomplete beta function, as a
 * continued fraction (Numerical Recipes, 6.4), with {@link StrictMath}, so that every machine says
 * the same.
 *
 * @param count events of the run
 * @param seconds how long it took
 * @param baseCount events of the baseline
 * @param baseSeconds how long that took
 */
public record RateTest(long count, double seconds, long baseCount, double baseSeconds) {
    /** Below this probability it is not by chance. */
    public static final double LEVEL = 0.05;

    private static final double TINY = 1e-300;
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    /** How likely so many events or more are if the rate is so many times that of the baseline. */
    public double orMore(double times) {
        return count == 0 ? 1 : beta(share(times), (double) count, baseCount + 1.0);
    }

    /** How likely so many events or fewer are then. */
    public double orFewer(double times) {
        return baseCount == 0 ? 1 : beta(1 - share(times), (double) baseCount, count + 1.0);
    }

    private double share(double times) {
        return times * seconds / (times * seconds + baseSeconds);
    }

    private static double beta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front =
                StrictMath.exp(
                        logGamma(a + b)
                                - logGamma(a)
                                - logGamma(b)
                                + a * StrictMath.log(x)
                                + b * StrictMath.log1p(-x));
        return x < (a + 1) / (a + b + 2)
                ? front * fraction(x, a, b) / a
                : 1 - front * fraction(1 - x, b, a) / b;
    }

    /** Lentz's method; it takes about as many steps as the root of the larger number. */
    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1));
        double h = d;
        for (int m = 1; m < 1_000_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            h *= d * c;
            if (Math.abs(d * c - 1) < 1e-15) {
                break;
            }
        }
        return h;
    }

    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static double logGamma(double z) {
        double x = z - 1;
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + i);
        }
        double t = x + 7.5;
        return 0.5 * StrictMath.log(2 * Math.PI)
                + (x + 0.5) * StrictMath.log(t)
                - t
                + StrictMath.log(sum);
    }
}
