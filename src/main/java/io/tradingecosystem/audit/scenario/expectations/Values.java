package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.definition.Condition;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.Decimal;
import io.tradingecosystem.audit.event.ValueKey;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.PartVariables.Compared;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What variables are, as texts, read as what parts take them for.
 *
 * @param texts by the names of the variables
 * @param areAll whether those of effects are among them
 */
record Values(Map<String, String> texts, boolean areAll) {
    /** Told where a variable has no value that could be taken. */
    static final String UNBOUND = "UNBOUND_VARIABLE";

    private static final Duration MIN = Duration.ofMillis(1);
    private static final Decimal MAX_MILLIS = Decimal.of(Duration.ofDays(365).toMillis());

    /** How long the window of a part is; the longest that it may be if that cannot be told. */
    Duration within(Part part) {
        return part.variables()
                .within()
                .flatMap(each -> duration(each, part.within()))
                .orElse(part.within());
    }

    /** How many must come. */
    int min(Effect effect) {
        return effect.variables().min().flatMap(this::count).orElse(effect.min());
    }

    /** How many may come. */
    OptionalInt max(Effect effect) {
        Optional<Integer> bound = effect.variables().max().flatMap(this::count);
        return bound.isPresent() ? OptionalInt.of(bound.get()) : effect.max();
    }

    /** Which events count. */
    EventPattern pattern(Part part) {
        EventPattern pattern = part.pattern();
        for (Compared each : part.variables().compared()) {
            Optional<Condition> condition = condition(each);
            if (condition.isPresent()) {
                pattern = pattern.and(each.attribute(), condition.get());
            }
        }
        return pattern;
    }

    private Optional<Condition> condition(Compared compared) {
        return compared.side().isPresent()
                ? number(compared.variable())
                        .map(each -> new Condition.Compared(compared.side().get(), each))
                : text(compared.variable()).map(each -> same(compared, each));
    }

    private static Condition same(Compared compared, String text) {
        var key = new JoinKey(compared.variable().attribute(), compared.attribute());
        String wanted = key.isText() ? text : ValueKey.of(text);
        return new Condition.OneOf(Set.of(wanted), key.isText());
    }

    /** The variables of a part with their values, for people. */
    PartVariables told(Part part) {
        return part.variables()
                .with(
                        part.variables().all().stream()
                                .filter(this::isKnown)
                                .map(this::told)
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    private String told(Variable variable) {
        return text(variable)
                .map(value -> variable.name() + " is \"" + Variable.shown(value) + "\"")
                .orElse(variable.name() + " is not known");
    }

    /** Why a part cannot be judged, as a clause for people; empty if it can. */
    Optional<String> problem(Part part) {
        PartVariables used = part.variables();
        Stream<Optional<String>> problems =
                Stream.of(
                        used.within()
                                .filter(this::isKnown)
                                .flatMap(each -> noDuration(each, part.within())),
                        used.min().filter(this::isKnown).flatMap(this::noCount),
                        used.max().filter(this::isKnown).flatMap(this::noCount),
                        used.compared().stream()
                                .filter(each -> isKnown(each.variable()))
                                .flatMap(each -> noValue(each).stream())
                                .findFirst(),
                        crossed(part));
        return problems.flatMap(Optional::stream).findFirst();
    }

    private Optional<String> noDuration(Variable variable, Duration max) {
        String allowed =
                "a duration like 15s, or a whole number of milliseconds, from "
                        + Durations.format(MIN)
                        + " to "
                        + Durations.format(max);
        return duration(variable, max).isPresent()
                ? Optional.empty()
                : Optional.of(unlike(variable, allowed));
    }

    private Optional<String> noCount(Variable variable) {
        return count(variable).isPresent()
                ? Optional.empty()
                : Optional.of(unlike(variable, "a whole number from 1 to " + Counts.MAX));
    }

    private Optional<String> noValue(Compared compared) {
        return condition(compared).isPresent()
                ? Optional.empty()
                : Optional.of(unlike(compared.variable(), "a number"));
    }

    private boolean isKnown(Variable variable) {
        return areAll || variable.isOfTrigger();
    }

    private Optional<String> crossed(Part part) {
        if (!(part instanceof Effect effect) || part.variables().isEmpty()) {
            return Optional.empty();
        }
        OptionalInt max = max(effect);
        return max.isPresent() && max.getAsInt() < min(effect)
                ? Optional.of(
                        UNBOUND
                                + ": at-least is "
                                + min(effect)
                                + ", which is more than at-most, "
                                + max.getAsInt())
                : Optional.empty();
    }

    private String unlike(Variable variable, String allowed) {
        String attribute = "\"" + variable.attribute().written() + "\"";
        return text(variable)
                .map(
                        text ->
                                "%s: %s of %s is \"%s\", not %s"
                                        .formatted(
                                                UNBOUND,
                                                attribute,
                                                variable.owner(),
                                                Variable.shown(text),
                                                allowed))
                .orElse(UNBOUND + ": " + variable.owner() + " has no " + attribute);
    }

    private Optional<Duration> duration(Variable variable, Duration max) {
        return text(variable)
                .filter(Variable::isShort)
                .flatMap(Values::duration)
                .filter(each -> each.compareTo(MIN) >= 0 && each.compareTo(max) <= 0);
    }

    private static Optional<Duration> duration(String text) {
        Optional<Duration> millis =
                Decimal.parse(text)
                        .filter(each -> each.compareTo(MAX_MILLIS) <= 0)
                        .flatMap(Values::whole)
                        .map(Duration::ofMillis);
        return millis.or(() -> Durations.parse(text));
    }

    private Optional<Integer> count(Variable variable) {
        return number(variable)
                .filter(each -> each.compareTo(Decimal.of(Counts.MAX)) <= 0)
                .flatMap(Values::whole)
                .filter(each -> each >= 1)
                .map(Long::intValue);
    }

    private Optional<Decimal> number(Variable variable) {
        return text(variable).filter(Variable::isShort).flatMap(Decimal::parse);
    }

    /** A number that is whole, not negative and not large. */
    private static Optional<Long> whole(Decimal number) {
        String text = number.toString();
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private Optional<String> text(Variable variable) {
        return Optional.ofNullable(texts.get(variable.name()));
    }
}
