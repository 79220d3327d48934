package io.tradingecosystem.audit.scenario;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.BoundEffect;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Variable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Binds effects to what others carried that were met before. A value is known if every event has it
 * that may have met the effect; otherwise what takes it cannot be told. For one judgement.
 */
final class LateBinding {
    private final Expectation expectation;
    private final Map<String, String> ofTrigger;
    private final Map<String, Carried> carried = new HashMap<>();

    /** Nothing is met yet. */
    LateBinding(Expectation expectation, Occurrence occurrence) {
        this.expectation = expectation;
        this.ofTrigger = occurrence.values();
    }

    /** An effect with its events, as they are known now. */
    record Late(Effect effect, PartEvents events) {}

    /** What may have met an effect, or why that cannot be told. */
    private record Carried(PartEvents events, List<JoinedEvent> mayMeet, Optional<String> doubt) {}

    /**
     * A value, if there is one.
     *
     * @param doubt why it cannot be told, as a clause for people; empty if it can
     */
    private record Value(Optional<String> text, Optional<String> doubt) {
        static Value doubtful(String why) {
            return new Value(Optional.empty(), Optional.of(why));
        }
    }

    /** Whether something is taken from an effect. */
    boolean takesFrom(Effect effect) {
        return expectation.takesFrom(effect);
    }

    /** Notes what met an effect, or may have. */
    void met(Effect effect, PartEvents events, List<JoinedEvent> mayMeet, Optional<String> doubt) {
        carried.put(effect.name(), new Carried(events, mayMeet, doubt));
    }

    /** An effect by what is known of those before it. Where one has not come, nothing counts. */
    Late bind(Effect effect, PartEvents events) {
        List<Variable> late =
                effect.variables().all().stream().filter(each -> !each.isOfTrigger()).toList();
        boolean came = late.stream().allMatch(each -> carried.containsKey(each.effect()));
        return late.isEmpty() || !came || events.lacked().isPresent()
                ? new Late(effect, events)
                : bound(effect, events, late);
    }

    private Late bound(Effect effect, PartEvents events, List<Variable> late) {
        Map<String, String> values = new TreeMap<>(ofTrigger);
        for (Variable each : late) {
            Value value = value(each, requireNonNull(carried.get(each.effect())));
            if (value.doubt().isPresent()) {
                return new Late(effect, PartEvents.unknown(clause(each, value.doubt().get())));
            }
            value.text().ifPresent(text -> values.put(each.name(), text));
        }
        return bound(BoundEffect.of(effect, values), events);
    }

    private static String clause(Variable variable, String doubt) {
        return "UNBOUND_VARIABLE: "
                + Quoted.of(variable.attribute().written())
                + " of "
                + variable.effect()
                + " cannot be told, as "
                + doubt;
    }

    private static Late bound(BoundEffect bound, PartEvents events) {
        return new Late(
                bound.effect(),
                bound.unbound()
                        .map(PartEvents::unknown)
                        .orElseGet(() -> new ComparedPart(events, bound.effect().pattern())));
    }

    private static Value value(Variable variable, Carried from) {
        if (from.doubt().isPresent()) {
            return Value.doubtful(from.doubt().get());
        }
        Optional<Value> first = Optional.empty();
        for (JoinedEvent event : from.mayMeet()) {
            Value value = value(variable, event, from.events());
            if (first.isPresent() && !first.get().equals(value)) {
                return Value.doubtful(
                        "clocks do not tell whether " + Quoted.of(event.id()) + " met it");
            }
            first = Optional.of(value);
        }
        return first.orElseGet(() -> Value.doubtful("nothing is known to have met it"));
    }

    private static Value value(Variable variable, JoinedEvent event, PartEvents events) {
        Optional<AuditEvent> read = events.read(event);
        if (read.isEmpty()) {
            return Value.doubtful(Quoted.of(event.id()) + " is not in the log any more");
        }
        return variable.isPlainIn(read.get())
                ? new Value(variable.of(read.get()), Optional.empty())
                : Value.doubtful("it is neither a text, a number, true nor false");
    }
}
