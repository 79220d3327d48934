package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;

import java.util.Map;
import java.util.Optional;

/**
 * An effect with what its variables are for one trigger and what met other effects. Immutable.
 *
 * @param effect with values in the place of variables; what could not be bound is as it was
 * @param unbound why it could not be bound, as a clause for people; empty if it could
 */
public record BoundEffect(Effect effect, Optional<String> unbound) {
    /**
     * Binds an effect.
     *
     * @param values of all its variables, by their names
     */
    public static BoundEffect of(Effect effect, Map<String, String> values) {
        Values all = new Values(values, true);
        Effect bound =
                new Effect(
                        effect.name(),
                        all.pattern(effect),
                        all.within(effect),
                        effect.join(),
                        all.min(effect),
                        all.max(effect),
                        effect.after(),
                        effect.lasting(),
                        effect.scope(),
                        all.told(effect));
        return new BoundEffect(bound, all.problem(effect));
    }
}
