package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.Glob;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is allowed in an expectation, but hardly meant: what its reader warns of, and a {@code
 * within}, also that of an SLA, that is less than the clocks of the services may differ by, so that
 * nothing on two clocks is surely inside. For one thread, but for {@link #of}.
 */
final class ExpectationWarnings {
    private static final EventLogger LOG = EventLogger.of(ExpectationWarnings.class);

    private final ClockSkew skew;

    /** By name and version. */
    private Map<String, List<String>> known = new TreeMap<>();

    ExpectationWarnings(ClockSkew skew) {
        this.skew = skew;
    }

    /** The warnings about one expectation, a sentence each. */
    List<String> of(Definition<Expectation> definition) {
        Expectation expectation = definition.content();
        Stream<Limit> parts =
                expectation.parts().stream()
                        .filter(part -> !(part instanceof Marker))
                        .map(part -> Limit.of(part, expectation.trigger()));
        Stream<Limit> slas = expectation.slas().stream().map(sla -> Limit.of(sla, expectation));
        Stream<String> clocks =
                Stream.concat(parts, slas).flatMap(limit -> warning(expectation, limit).stream());
        return Stream.concat(definition.warnings().stream(), clocks).toList();
    }

    /** A time that is not to be longer than {@code within}, from one event to another. */
    private record Limit(String name, Duration within, EventPattern from, EventPattern to) {
        static Limit of(Part part, EventPattern trigger) {
            return new Limit(part.name(), part.within(), trigger, part.pattern());
        }

        static Limit of(Sla sla, Expectation expectation) {
            return new Limit(
                    sla.name(),
                    sla.within(),
                    pattern(expectation, sla.from()),
                    pattern(expectation, sla.to()));
        }

        private static EventPattern pattern(Expectation expectation, String effect) {
            return expectation.effects().stream()
                    .filter(each -> each.name().equals(effect))
                    .map(Part::pattern)
                    .findFirst()
                    .orElse(expectation.trigger());
        }
    }

    private Optional<String> warning(Expectation expectation, Limit limit) {
        Duration clocks = skew(limit.from(), limit.to());
        return limit.within().compareTo(clocks) < 0
                ? Optional.of(
                        "%s: within of %s is %s, less than the %s that clocks may differ by"
                                .formatted(
                                        expectation.name(),
                                        limit.name(),
                                        Durations.format(limit.within()),
                                        Durations.format(clocks)))
                : Optional.empty();
    }

    /** The most between services that both name literally, else between any. */
    private Duration skew(EventPattern from, EventPattern to) {
        return literal(from).stream()
                .flatMap(one -> literal(to).stream().map(other -> skew.between(one, other)))
                .max(Duration::compareTo)
                .orElse(skew.usual());
    }

    private static List<String> literal(EventPattern pattern) {
        List<String> names =
                pattern.allServices().stream()
                        .map(Glob::literal)
                        .flatMap(Optional::stream)
                        .toList();
        return names.size() == pattern.allServices().size() ? names : List.of();
    }

    /**
     * The warnings about all that are in force; those about a version that was not before are
     * logged.
     */
    List<String> look(Collection<Definition<Expectation>> inForce) {
        Map<String, List<String>> before = known;
        known = new TreeMap<>();
        for (Definition<Expectation> each : inForce) {
            String version = each.name() + "@" + each.version();
            List<String> warnings = before.get(version);
            known.put(version, warnings == null ? logged(each) : warnings);
        }
        return known.values().stream().flatMap(List::stream).toList();
    }

    private List<String> logged(Definition<Expectation> expectation) {
        List<String> warnings = of(expectation);
        if (!warnings.isEmpty()) {
            LOG.warn(
                    "expectation.doubtful",
                    "name",
                    expectation.name(),
                    "version",
                    expectation.version(),
                    "warnings",
                    warnings);
        }
        return warnings;
    }
}
