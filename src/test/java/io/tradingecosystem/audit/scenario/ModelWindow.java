package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.ModelVerdict.Found;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;
import io.tradingecosystem.audit.scenario.expectations.Steady;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One occurrence of a trigger, judged part by part as the table of the semantics reads. */
final class ModelWindow {
    private final Expectation expectation;
    private final AuditEvent trigger;
    private final Map<String, ModelEvents> events;
    private final ModelTime time;
    private final ModelSources sources;
    private final Map<String, Found> found = new LinkedHashMap<>();

    ModelWindow(
            Expectation expectation,
            AuditEvent trigger,
            Map<String, ModelEvents> events,
            ModelTime time,
            ModelSources sources) {
        this.expectation = expectation;
        this.trigger = trigger;
        this.events = events;
        this.time = time;
        this.sources = sources;
    }

    ModelVerdict judged() {
        expectation.effects().forEach(each -> found.put(each.name(), effect(each)));
        expectation.forbidden().forEach(each -> found.put(each.name(), forbidden(each)));
        expectation.steady().forEach(each -> found.put(each.name(), steady(each)));
        expectation.slas().forEach(each -> found.put(each.name(), sla(each)));
        return new ModelVerdict(
                expectation.name(),
                trigger.id(),
                ModelVerdict.status(found.values()),
                expectation.parts().stream().allMatch(each -> time.isOver(each, trigger)),
                found);
    }

    /** The events that count, by how certain it is that they do; each in order of time. */
    private record Counted(
            List<AuditEvent> sure, List<AuditEvent> sureOrOpening, List<AuditEvent> all) {}

    private Found effect(Effect effect) {
        return excuse().of(unexcused(effect), effect.scope().unless());
    }

    private ModelExcuse excuse() {
        return new ModelExcuse(
                trigger,
                events,
                time,
                exception -> sources.wereSilent(expectation, exception, trigger));
    }

    private Found unexcused(Effect effect) {
        Counted counted = counted(effect, effect.after());
        List<AuditEvent> lower = expectation.critical() ? counted.sure() : counted.sureOrOpening();
        boolean over = isOver(effect);
        Optional<AuditEvent> fulfilled = fulfilled(effect, lower, counted.all(), over);
        State state = state(effect, counted, lower, over);
        boolean lost = mayHaveLost(effect) || awaits(effect, State.UNCERTAIN);
        return new Found(
                state,
                decidedBy(effect, state, counted, fulfilled),
                fulfilled,
                surely(effect, state, counted),
                lost && effect.min() > 0,
                mayMeet(effect, counted));
    }

    /** Those that have room for others before them, and not too many. */
    private List<AuditEvent> mayMeet(Effect effect, Counted counted) {
        int min = effect.min();
        return counted.all().stream()
                .filter(each -> counted.sure().stream().filter(o -> before(o, each)).count() < min)
                .filter(
                        each ->
                                counted.all().stream()
                                                .filter(o -> o != each && !before(each, o))
                                                .count()
                                        >= min - 1)
                .toList();
    }

    private boolean before(AuditEvent first, AuditEvent second) {
        return since(first, second) > time.tolerances().skew(first, second);
    }

    /** Whether something may be hidden in a gap or, once it is over, in the silence of a source. */
    private boolean mayHaveLost(Part part, AuditEvent of) {
        return time.mayHaveLost(part, of)
                || (time.isOver(part, of) && sources.wereSilent(expectation, part, of));
    }

    /** What fulfilled it, whatever clocks say, where it is met. */
    private Optional<AuditEvent> surely(Effect effect, State state, Counted counted) {
        int min = effect.min();
        if (state != State.MET || counted.sure().size() < min) {
            return Optional.empty();
        }
        return Optional.of(min == 0 ? trigger : counted.sure().get(min - 1));
    }

    /** Whether it comes after one that is not fulfilled, and stands so. */
    private boolean awaits(Effect effect, State state) {
        return effect.after().stream()
                .map(found::get)
                .anyMatch(first -> first.fulfilledBy().isEmpty() && first.state() == state);
    }

    private State state(Effect effect, Counted counted, List<AuditEvent> lower, boolean over) {
        if (lacksKey(effect)) {
            return State.UNCERTAIN;
        }
        if (counted.sure().size() > max(effect)) {
            return State.MISSED;
        }
        boolean enough = lower.size() >= effect.min();
        if (enough && effect.max().isEmpty()) {
            return State.MET;
        }
        if (!over || awaits(effect, State.OPEN)) {
            return State.OPEN;
        }
        boolean lost = mayHaveLost(effect) || awaits(effect, State.UNCERTAIN);
        if (enough) {
            return counted.all().size() > max(effect) || lost ? State.UNCERTAIN : State.MET;
        }
        return counted.all().size() >= effect.min() || lost ? State.UNCERTAIN : State.MISSED;
    }

    private Optional<AuditEvent> fulfilled(
            Effect effect, List<AuditEvent> lower, List<AuditEvent> all, boolean over) {
        int min = effect.min();
        if (min == 0) {
            return Optional.of(trigger);
        }
        if (lower.size() >= min) {
            return Optional.of(lower.get(min - 1));
        }
        return over && all.size() >= min ? Optional.of(all.get(min - 1)) : Optional.empty();
    }

    private static Optional<AuditEvent> decidedBy(
            Effect effect, State state, Counted counted, Optional<AuditEvent> fulfilled) {
        return switch (state) {
            case MET -> effect.min() == 0 ? Optional.empty() : fulfilled;
            case MISSED ->
                    counted.sure().size() > max(effect)
                            ? Optional.of(counted.sure().get(max(effect)))
                            : Optional.empty();
            case OPEN, UNCERTAIN -> Optional.empty();
        };
    }

    private Found forbidden(Forbidden forbidden) {
        return excuse().of(unexcused(forbidden), forbidden.scope().unless());
    }

    private Found unexcused(Forbidden forbidden) {
        Counted counted = counted(forbidden, List.of());
        State state = state(forbidden, counted);
        Optional<AuditEvent> decidedBy =
                state == State.MISSED ? counted.sure().stream().findFirst() : Optional.empty();
        return new Found(state, decidedBy, Optional.empty());
    }

    private State state(Forbidden forbidden, Counted counted) {
        if (lacksKey(forbidden)) {
            return State.UNCERTAIN;
        }
        if (!counted.sure().isEmpty()) {
            return State.MISSED;
        }
        if (!isOver(forbidden)) {
            return State.OPEN;
        }
        return !counted.all().isEmpty() || mayHaveLost(forbidden) ? State.UNCERTAIN : State.MET;
    }

    private Found steady(Steady steady) {
        Found found = new Found(state(steady), Optional.empty(), Optional.empty());
        return excuse().of(found, steady.scope().unless());
    }

    private State state(Steady steady) {
        if (lacksKey(steady)) {
            return State.UNCERTAIN;
        }
        return time.isOver(steady, trigger)
                ? new ModelSteady(
                                steady,
                                trigger,
                                nearby(steady),
                                event -> time.tolerances().skew(trigger, event))
                        .state(mayHaveLost(steady, trigger))
                : State.OPEN;
    }

    private Found sla(Sla sla) {
        List<Marker> exceptions =
                expectation.effects().stream()
                        .filter(sla::names)
                        .flatMap(each -> each.scope().unless().stream())
                        .toList();
        return excuse().isSure(exceptions)
                ? new Found(State.MET, Optional.empty(), Optional.empty())
                : excuse().of(unexcused(sla), exceptions);
    }

    private Found unexcused(Sla sla) {
        Optional<AuditEvent> from =
                sla.from().isEmpty() ? Optional.of(trigger) : fulfilled(sla.from());
        Optional<AuditEvent> to = fulfilled(sla.to());
        if (from.isEmpty() || to.isEmpty()) {
            return new Found(missing(sla), Optional.empty(), Optional.empty());
        }
        State state = state(sla, from.get(), to.get());
        if (!holds(sla, state) || mayBeOtherwise(sla, state)) {
            state = State.UNCERTAIN;
        }
        return new Found(state, state == State.UNCERTAIN ? Optional.empty() : to, to);
    }

    /** Whether it is the same with the shortest time for MISSED, and with the longest for MET. */
    private boolean holds(Sla sla, State state) {
        AuditEvent first = sla.from().isEmpty() ? trigger : fulfilled(sla.from()).orElseThrow();
        AuditEvent end = fulfilled(sla.to()).orElseThrow();
        Optional<AuditEvent> sureStart =
                sla.from().isEmpty() ? Optional.of(trigger) : surely(sla.from());
        return switch (state) {
            case MISSED ->
                    sureStart.isPresent() && state(sla, sureStart.get(), end) == State.MISSED;
            case MET -> state(sla, first, surely(sla.to()).orElse(end)) == State.MET;
            case OPEN, UNCERTAIN -> true;
        };
    }

    /**
     * A lost event may have begun it earlier, or ended it earlier; or have ended it, and late, if
     * that none of those which are there did is possible.
     */
    private boolean mayBeOtherwise(Sla sla, State state) {
        return switch (state) {
            case MET ->
                    (!sla.from().isEmpty() && found.get(sla.from()).lost())
                            || (found.get(sla.to()).state() == State.MET
                                    && surely(sla.to()).isEmpty()
                                    && found.get(sla.to()).lost()
                                    && within(sla.to()).compareTo(sla.within()) > 0);
            case MISSED -> found.get(sla.to()).lost();
            case OPEN, UNCERTAIN -> false;
        };
    }

    private Duration within(String effect) {
        return expectation.effects().stream()
                .filter(each -> each.name().equals(effect))
                .findFirst()
                .orElseThrow()
                .within();
    }

    private Optional<AuditEvent> surely(String effect) {
        return found.get(effect).surelyBy();
    }

    /** The state of what an SLA lacks; of both ends, the one that the expectation has first. */
    private State missing(Sla sla) {
        return expectation.effects().stream()
                .map(Effect::name)
                .filter(name -> name.equals(sla.from()) || name.equals(sla.to()))
                .map(found::get)
                .filter(end -> end.fulfilledBy().isEmpty())
                .findFirst()
                .orElseThrow()
                .state();
    }

    private State state(Sla sla, AuditEvent from, AuditEvent to) {
        long took = since(from, to);
        long over = took - sla.within().toNanos();
        long skew = time.tolerances().skew(from, to);
        boolean backwards = took < -skew || (expectation.critical() && took < 0);
        if (backwards || (skew > 0 && Math.abs(over) < skew)) {
            return State.UNCERTAIN;
        }
        return over > 0 ? State.MISSED : State.MET;
    }

    private Optional<AuditEvent> fulfilled(String effect) {
        return found.get(effect).fulfilledBy();
    }

    private Counted counted(Part part, List<String> after) {
        Counted counted = new Counted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (AuditEvent event : nearby(part)) {
            ModelPlacement placement = placement(part, after, event);
            if (placement == ModelPlacement.SURE) {
                counted.sure().add(event);
            }
            if (placement == ModelPlacement.SURE || placement == ModelPlacement.OPENING) {
                counted.sureOrOpening().add(event);
            }
            if (placement != ModelPlacement.OUTSIDE) {
                counted.all().add(event);
            }
        }
        return counted;
    }

    private List<AuditEvent> nearby(Part part) {
        return events.get(part.name()).around(trigger, part.within(), time.tolerances().maxSkew());
    }

    private ModelPlacement placement(Part part, List<String> after, AuditEvent event) {
        if (event.id().equals(trigger.id())) {
            return ModelPlacement.OUTSIDE;
        }
        ModelPlacement placement =
                ModelPlacement.of(
                        since(trigger, event),
                        part.within().toNanos(),
                        time.tolerances().skew(trigger, event));
        for (String first : after) {
            placement = following(placement, found.get(first), event);
        }
        ModelPlacement scoped = scope(part).placement(event, placement);
        boolean hidden =
                part.scope().until().stream().anyMatch(this::wasSilent)
                        || part.scope().next().stream().anyMatch(this::wasSilent);
        boolean listening =
                !expectation.sources().isEmpty()
                        && !part.scope().isWindow()
                        && !time.isOver(part, trigger);
        return scoped != ModelPlacement.OUTSIDE && (hidden || listening)
                ? ModelPlacement.END
                : scoped;
    }

    private boolean wasSilent(Marker marker) {
        return sources.wereSilent(expectation, marker, trigger);
    }

    private ModelScope scope(Part part) {
        return new ModelScope(part, trigger, events, time);
    }

    /** Whether its end is known before its window is over: not where silence may hide events. */
    private boolean isClosed(Part part) {
        return expectation.sources().isEmpty() && scope(part).isClosed();
    }

    private boolean isOver(Part part) {
        return isClosed(part) || time.isOver(part, trigger);
    }

    /** Whether a gap may have taken what a part waited for until its scope ended. */
    private boolean mayHaveLost(Part part) {
        return !isClosed(part) && mayHaveLost(part, trigger);
    }

    private ModelPlacement following(ModelPlacement placement, Found first, AuditEvent event) {
        Optional<AuditEvent> before = first.fulfilledBy();
        if (before.isEmpty() || before.get().id().equals(event.id())) {
            return ModelPlacement.OUTSIDE;
        }
        ModelPlacement kept = behind(placement, before.get(), event);
        boolean sure =
                first.surelyBy().isPresent()
                        && behind(ModelPlacement.SURE, first.surelyBy().get(), event)
                                == ModelPlacement.SURE;
        return sure ? kept : kept.perhaps();
    }

    private ModelPlacement behind(ModelPlacement placement, AuditEvent first, AuditEvent event) {
        if (first == trigger) {
            return placement;
        }
        long skew = time.tolerances().skew(first, event);
        return first.id().equals(event.id())
                ? ModelPlacement.OUTSIDE
                : placement.following(since(first, event), skew);
    }

    private boolean lacksKey(Part part) {
        return !events.get(part.name()).areKnownTo(trigger);
    }

    private static int max(Effect effect) {
        return effect.max().orElse(Integer.MAX_VALUE);
    }

    private static long since(AuditEvent one, AuditEvent other) {
        Instant start = one.occurredAt();
        return Duration.between(start, other.occurredAt()).toNanos();
    }
}
