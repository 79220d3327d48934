package io.tradingecosystem.audit.correlation.rules;

import io.tradingecosystem.audit.definition.JoinKey;

import java.util.List;

/**
 * How sure a rule is of a link: {@code strength × nearness × share}, rounded to four digits.
 *
 * <ul>
 *   <li>strength: how hard it is to share the join keys by chance, {@code 1 − ½ · Π(1 − s)} over
 *       the keys' specificities {@code s}: 0.95 for {@code trace_id}, {@code span_id} and {@code
 *       correlation_id}, 0.9 for every other name that ends in {@code id}, 0.5 for {@code
 *       instance}, 0.3 for {@code service}, 0.6 for any other attribute. Time alone is ½.
 *   <li>nearness: {@code 1 − 0.3 · u}, where {@code u} is the part of {@code within} that was used.
 *   <li>share: among the causes that the same rule found for the same effect, the cause's weight
 *       over the sum of weights. The weight is {@code exp(−3u)}; where the rule says what delay is
 *       typical, {@code exp(−½ (ln(delay / typical) / 0.7)²)}, the shape of a log-normal.
 * </ul>
 *
 * <p>It depends on the set of events only, not on the order in which they came. {@link StrictMath}
 * gives the same digits on every machine.
 */
public final class Confidence {
    private static final double COST_OF_TIME = 0.3;
    private static final double DECAY = 3;
    private static final double SPREAD = 0.7;
    private static final double MIN_WEIGHT = 1e-9;
    private static final double DIGITS = 1e4;

    private Confidence() {}

    /** What of a rule the confidence depends on, as kept with each effect. */
    public record ConfidenceTerms(
            String keys, double strength, long within, long typical, double min) {
        /** For what senders and people say, which needs no weighing. */
        public static final ConfidenceTerms REPORTED = new ConfidenceTerms("", 1, 1, 0, 0);

        public static ConfidenceTerms of(Rule rule) {
            return new ConfidenceTerms(
                    String.join(", ", rule.join().stream().map(Confidence::shown).toList()),
                    Confidence.strength(rule.join()),
                    rule.within().toNanos(),
                    rule.typical().map(java.time.Duration::toNanos).orElse(0L),
                    rule.minConfidence());
        }
    }

    static double strength(List<JoinKey> join) {
        double chance = 0.5;
        for (JoinKey key : join) {
            chance *=
                    1 - Math.min(specificity(key.cause().name()), specificity(key.effect().name()));
        }
        return 1 - chance;
    }

    private static double specificity(String name) {
        return switch (name) {
            case "trace_id", "span_id", "correlation_id" -> 0.95;
            case "instance" -> 0.5;
            case "service" -> 0.3;
            default -> name.endsWith("id") || name.endsWith("Id") ? 0.9 : 0.6;
        };
    }

    /**
     * How sure a rule is of each of the causes that it found for an effect.
     *
     * @param delays from each cause to the effect, in nanoseconds
     */
    public static double[] of(ConfidenceTerms terms, long[] delays) {
        double all = 0;
        for (long delay : delays) {
            all += weight(terms, delay);
        }
        double[] confidences = new double[delays.length];
        for (int i = 0; i < delays.length; i++) {
            confidences[i] = of(terms, delays[i], all);
        }
        return confidences;
    }

    /** What a cause weighs among those that compete for an effect. */
    private static double weight(ConfidenceTerms terms, long delay) {
        if (terms.typical() == 0) {
            return StrictMath.exp(-DECAY * used(terms, delay));
        }
        double ratio = (double) Math.max(delay, terms.typical() / 100) / terms.typical();
        double distance = StrictMath.log(ratio) / SPREAD;
        return Math.max(MIN_WEIGHT, StrictMath.exp(-0.5 * distance * distance));
    }

    private static double of(ConfidenceTerms terms, long delay, double allWeights) {
        double share = weight(terms, delay) / allWeights;
        double value = terms.strength() * (1 - COST_OF_TIME * used(terms, delay)) * share;
        return Math.max(1, Math.round(value * DIGITS)) / DIGITS;
    }

    private static double used(ConfidenceTerms terms, long delay) {
        return Math.clamp((double) delay / terms.within(), 0, 1);
    }

    private static String shown(JoinKey key) {
        String cause = key.cause().name();
        String effect = key.effect().name();
        return cause.equals(effect) ? cause : cause + " = " + effect;
    }
}
