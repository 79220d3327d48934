package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What fulfilled the effects of one occurrence so far, and whether an event came behind what it
 * must come after. For one judgement.
 */
final class EffectOrder {
    private final JoinedEvent trigger;
    private final ClockSkew clocks;
    private final Map<String, Fulfilment> fulfilled = new HashMap<>();
    private final Map<String, State> states = new HashMap<>();

    /** Nothing is fulfilled yet. */
    EffectOrder(JoinedEvent trigger, ClockSkew clocks) {
        this.trigger = trigger;
        this.clocks = clocks;
    }

    /** What fulfilled an effect; empty if nothing did. */
    Optional<Fulfilment> fulfilment(String effect) {
        return Optional.ofNullable(fulfilled.get(effect));
    }

    void fulfil(Effect effect, Fulfilment by) {
        fulfilled.put(effect.name(), by);
    }

    void stands(Effect effect, State state) {
        states.put(effect.name(), state);
    }

    /** Whether an effect comes after one that has not been fulfilled, and stands at a state. */
    boolean isAwaited(Effect effect, State state) {
        for (String first : effect.after()) {
            if (!fulfilled.containsKey(first) && states.get(first) == state) {
                return true;
            }
        }
        return false;
    }

    /** What must have come before the events of a part; absent if something of it did not. */
    Optional<List<Fulfilment>> before(Part part) {
        List<Fulfilment> first = new ArrayList<>();
        if (part instanceof Effect effect) {
            for (String name : effect.after()) {
                Fulfilment before = fulfilled.get(name);
                if (before == null) {
                    return Optional.empty();
                }
                first.add(before);
            }
        }
        return Optional.of(first);
    }

    /** Whether an event came behind all of some others: surely, perhaps, or, empty, not. */
    Optional<Placement> behind(JoinedEvent event, List<Fulfilment> first) {
        Optional<Placement> placement = Optional.of(Placement.SURE);
        for (Fulfilment before : first) {
            if (placement.isPresent()) {
                placement = behind(event, before).map(placement.get()::and);
            }
        }
        return placement;
    }

    private Optional<Placement> behind(JoinedEvent event, Fulfilment before) {
        Optional<Placement> order = behind(event, before.event());
        boolean sure =
                before.surely()
                        .flatMap(first -> behind(event, first))
                        .filter(Placement.SURE::equals)
                        .isPresent();
        return sure ? order : order.map(Placement.OPENING::and);
    }

    private Optional<Placement> behind(JoinedEvent event, JoinedEvent first) {
        return first.equals(trigger)
                ? Optional.of(Placement.SURE)
                : Placement.behind(event, first, clocks);
    }
}
