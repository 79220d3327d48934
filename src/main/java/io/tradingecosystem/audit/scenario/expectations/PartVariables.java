package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.Condition.Side;
import io.tradingecosystem.audit.event.EventName;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a part takes from variables otherwise than as a key. Immutable.
 *
 * @param within its window, which is at most as long as the part says
 * @param min how many must come
 * @param max how many may come
 * @param compared what attributes of its events are compared with
 * @param values what they are of one occurrence, for people; empty where that is not known yet
 */
public record PartVariables(
        Optional<Variable> within,
        Optional<Variable> min,
        Optional<Variable> max,
        List<Compared> compared,
        String values) {
    /** None. */
    public static final PartVariables NONE =
            new PartVariables(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), "");

    public PartVariables {
        compared = List.copyOf(compared);
    }

    /**
     * A value that an attribute is compared with.
     *
     * @param attribute of the event that may count
     * @param side of the number on which it must be; empty if it must be the same value
     * @param variable the number, or the value
     */
    public record Compared(EventName attribute, Optional<Side> side, Variable variable) {}

    /** Those of events that count in a window. */
    static PartVariables of(Optional<Variable> within, List<Compared> compared) {
        return new PartVariables(within, Optional.empty(), Optional.empty(), compared, "");
    }

    /** The same with counts. */
    PartVariables counting(Optional<Variable> least, Optional<Variable> most) {
        return new PartVariables(within, least, most, compared, values);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return within.isEmpty() && min.isEmpty() && max.isEmpty() && compared.isEmpty();
    }

    /** All of them, each once. */
    public List<Variable> all() {
        Stream<Variable> counts = Stream.of(within, min, max).flatMap(Optional::stream);
        return Stream.concat(counts, compared.stream().map(Compared::variable)).distinct().toList();
    }

    /** Whether some are of effects, which are known when these are met. */
    public boolean areOfEffects() {
        return all().stream().anyMatch(each -> !each.isOfTrigger());
    }

    /** What they are, to stand behind a sentence; empty if there are none. */
    public String clause() {
        return values.isEmpty() ? "" : " (" + values + ")";
    }

    /** The same, of one occurrence. */
    PartVariables with(String known) {
        return new PartVariables(within, min, max, compared, known);
    }
}
