package io.tradingecosystem.audit.scenario.expectations;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.definition.Defined;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What must, and must not, follow an event. Immutable.
 *
 * @param name unique; lower-case letters, digits and dashes
 * @param version twelve hex digits of the SHA-256 of the definition: the same text, the same
 *     version
 * @param description a sentence for people, or empty
 * @param scenario the kind of chaos run it belongs to, for coverage
 * @param critical whether it passes only when that is certain: a reaction whose distance from its
 *     limit is less than the clocks may differ makes the verdict inconclusive, not passed
 * @param trigger the event that starts the clock; each occurrence gets a verdict
 * @param effects what must follow
 * @param forbidden what must not follow
 * @param steady what must become steady
 * @param slas named limits between two steps
 * @param sources services whose silence leaves open what they would have told
 * @param run what makes one verdict of all occurrences of a run; empty for a verdict of each
 * @param markers what says which events count, of all parts
 * @param variables that parts take otherwise than as keys
 */
public record Expectation(
        String name,
        String version,
        String description,
        String scenario,
        boolean critical,
        EventPattern trigger,
        List<Effect> effects,
        List<Forbidden> forbidden,
        List<Steady> steady,
        List<Sla> slas,
        List<Source> sources,
        Optional<RunScope> run,
        List<Marker> markers,
        List<Variable> variables)
        implements Defined {

    public Expectation {
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
        requireNonNull(description, "description is null");
        requireNonNull(scenario, "scenario is null");
        requireNonNull(trigger, "trigger is null");
        effects = List.copyOf(effects);
        forbidden = List.copyOf(forbidden);
        steady = List.copyOf(steady);
        slas = List.copyOf(slas);
        sources = List.copyOf(sources);
        markers = List.copyOf(markers);
        variables = List.copyOf(variables);
    }

    /** Whether something is taken from an effect. */
    public boolean takesFrom(Part effect) {
        return variables.stream().anyMatch(each -> each.effect().equals(effect.name()));
    }

    /** The same with other effects, of the same names. */
    public Expectation withEffects(List<Effect> others) {
        return new Expectation(
                name,
                version,
                description,
                scenario,
                critical,
                trigger,
                others,
                forbidden,
                steady,
                slas,
                sources,
                run,
                markers,
                variables);
    }

    /** The longest that an occurrence is watched. */
    public Duration within() {
        Duration longest = Duration.ZERO;
        for (Part part : parts()) {
            longest = part.within().compareTo(longest) > 0 ? part.within() : longest;
        }
        return longest;
    }

    /** The same, and how long spans that count may last. */
    public Duration watched() {
        return parts().stream()
                .map(part -> part.within().plus(part.lasting()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * Effects, forbidden ones, steady ones, then markers: whatever an event can be a sighting of.
     */
    public List<Part> parts() {
        if (forbidden.isEmpty() && steady.isEmpty() && markers.isEmpty()) {
            return Collections.unmodifiableList(effects);
        }
        List<Part> parts = new ArrayList<>(effects);
        parts.addAll(forbidden);
        parts.addAll(steady);
        parts.addAll(markers);
        return parts;
    }

    /** Something to look out for. */
    public sealed interface Part permits Effect, Forbidden, Marker, Steady {
        String name();

        EventPattern pattern();

        Duration within();

        List<JoinKey> join();

        /** How long a span that fits may last, as it arrives when it ends; zero for others. */
        Duration lasting();

        /** Which of the events in its window count. */
        Scope scope();

        /** What of it is another for each trigger. */
        PartVariables variables();
    }

    /**
     * Which of the events in a part's window count.
     *
     * @param until those before the first of these
     * @param next those before the next trigger
     * @param unless what excuses the part whatever counts
     */
    public record Scope(Optional<Marker> until, Optional<Marker> next, List<Marker> unless) {
        /** All of them. */
        public static final Scope WINDOW = new Scope(Optional.empty(), Optional.empty(), List.of());

        public Scope {
            unless = List.copyOf(unless);
        }

        /** Whether all count. */
        public boolean isWindow() {
            return until.isEmpty() && next.isEmpty();
        }

        /** What it asks for, if anything. */
        public List<Marker> markers() {
            return Stream.concat(Stream.of(until, next).flatMap(Optional::stream), unless.stream())
                    .toList();
        }
    }

    /**
     * Events that say which others count. There is no finding on them.
     *
     * @param name of no part
     * @param pattern which events are meant
     * @param within for how long after the trigger
     * @param join what trigger and event share; empty means time alone
     * @param lasting how much later it is known who was silent; zero where nobody is to speak
     * @param variables what of it is another for each trigger
     */
    public record Marker(
            String name,
            EventPattern pattern,
            Duration within,
            List<JoinKey> join,
            Duration lasting,
            PartVariables variables)
            implements Part {
        public Marker {
            join = List.copyOf(join);
        }

        /** The same, known so much later. */
        Marker lasting(Duration other) {
            return new Marker(name, pattern, within, join, other, variables);
        }

        @Override
        public Scope scope() {
            return Scope.WINDOW;
        }
    }

    /**
     * Events that must follow.
     *
     * @param name how findings and orders refer to it
     * @param pattern which events count
     * @param within at most so long after the trigger, by occurred_at
     * @param join what trigger and effect must share; empty means time alone
     * @param min so many must come
     * @param max so many may come at most; empty for any number
     * @param after effects that must have been fulfilled before an event counts for this one
     * @param lasting how long a span that fits may last
     * @param scope which of the events in the window count
     * @param variables what of it is another for each trigger
     */
    public record Effect(
            String name,
            EventPattern pattern,
            Duration within,
            List<JoinKey> join,
            int min,
            OptionalInt max,
            List<String> after,
            Duration lasting,
            Scope scope,
            PartVariables variables)
            implements Part {
        public Effect {
            join = List.copyOf(join);
            after = List.copyOf(after);
        }
    }

    /**
     * Events that must not follow.
     *
     * @param name how findings refer to it
     * @param pattern which events are meant
     * @param within for how long after the trigger
     * @param join what trigger and event share; empty means time alone
     * @param lasting how long a span that fits may last
     * @param scope which of the events in the window are meant
     * @param variables what of it is another for each trigger
     */
    public record Forbidden(
            String name,
            EventPattern pattern,
            Duration within,
            List<JoinKey> join,
            Duration lasting,
            Scope scope,
            PartVariables variables)
            implements Part {
        public Forbidden {
            join = List.copyOf(join);
        }
    }

    /**
     * A named limit for the time between two steps.
     *
     * @param name such as {@code detection-time}
     * @param from the effect whose fulfilment starts it; empty for the trigger
     * @param to the effect whose fulfilment ends it
     * @param within at most so long
     */
    public record Sla(String name, String from, String to, Duration within) {
        /** Whether an effect starts it or ends it. */
        public boolean names(Effect effect) {
            return effect.name().equals(from) || effect.name().equals(to);
        }
    }
}
