package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Scope;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Events whose number must come into a band, and stay in it for a while: there is a moment, at most
 * {@code settling} after the trigger, from which on for {@code stretch} no fewer than {@code min}
 * and no more than {@code max} occur.
 *
 * @param name how findings refer to it
 * @param pattern which events are counted
 * @param settling so long after the trigger the stretch must have begun
 * @param stretch how long it must stay so
 * @param min so many must occur in it
 * @param max so many may occur in it at most; empty for any number
 * @param join what trigger and event share; empty means time alone
 * @param lasting how long a span that fits may last
 * @param scope what excuses it; all events in the window count
 * @param variables what of it is another for each trigger
 */
public record Steady(
        String name,
        EventPattern pattern,
        Duration settling,
        Duration stretch,
        int min,
        OptionalInt max,
        List<JoinKey> join,
        Duration lasting,
        Scope scope,
        PartVariables variables)
        implements Part {
    public Steady {
        join = List.copyOf(join);
    }

    /** The longest that it is watched: the stretch may begin as late as it may. */
    @Override
    public Duration within() {
        return settling.plus(stretch);
    }
}
