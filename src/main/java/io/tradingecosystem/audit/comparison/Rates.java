package io.tradingecosystem.audit.comparison;

/** How far apart two numbers of occurrences are, each out of a number of occasions. */
final class Rates {
    private Rates() {}

    /**
     * The difference of two rates, in standard errors of counts that are Poisson distributed; half
     * an occurrence is added to each, so that none at all is not certain either. Positive where the
     * first is greater.
     */
    static double distance(long count, long of, long otherCount, long otherOf) {
        double n = Math.max(of, 1);
        double m = Math.max(otherOf, 1);
        double variance = (count + 0.5) / (n * n) + (otherCount + 0.5) / (m * m);
        return (count / n - otherCount / m) / Math.sqrt(variance);
    }
}
