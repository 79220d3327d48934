package io.tradingecosystem.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.comparison.Difference.Kind;
import io.tradingecosystem.audit.event.Severity;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class ComparisonProperties {

    private record Told(int service, int type, int trace, int span, int parent, int at, int took) {}

    @Provide
    Arbitrary<RunOf> runs() {
        Arbitrary<Integer> few = Arbitraries.integers().between(0, 3);
        Arbitrary<Told> told =
                Combinators.combine(
                                few,
                                few,
                                few,
                                Arbitraries.integers().between(0, 9),
                                Arbitraries.integers().between(0, 9),
                                Arbitraries.integers().between(0, 3_000),
                                Arbitraries.integers().between(0, 500))
                        .as(Told::new);
        return told.list().ofMinSize(1).ofMaxSize(40).map(ComparisonProperties::run);
    }

    private static RunOf run(List<Told> all) {
        RunOf run = new RunOf("run");
        for (Told each : all) {
            String service = "s" + each.service;
            String trace = "t" + each.trace;
            String parent = each.parent == 0 ? "" : "" + each.parent;
            if (each.type == 0) {
                run.say(service, trace, parent, Severity.ERROR, "failed " + each.took, each.at);
            } else if (each.span == 0) {
                run.event(service, "e" + each.type, each.at);
            } else {
                run.span(
                        service,
                        "p" + each.type,
                        trace,
                        "" + each.span,
                        parent,
                        each.at,
                        each.took);
            }
            run.link("r", "s0", "e1", service, "e" + each.type, each.took);
        }
        return run;
    }

    @Property(tries = 300)
    void aRunIsAsItIsItself(@ForAll("runs") RunOf told) {
        Run run = told.run();

        Comparison comparison = Comparison.of(run, List.of(run));

        assertThat(comparison.isSame()).isTrue();
        assertThat(comparison.messages()).isEmpty();
        assertThat(comparison.ranking().suspects()).isEmpty();
        assertThat(comparison.ownTimes())
                .allSatisfy(
                        each ->
                                assertThat(each.times().actual())
                                        .isEqualTo(each.times().baseline()));
    }

    @Property(tries = 300)
    void whatIsMissingOneWayIsExtraTheOther(
            @ForAll("runs") RunOf one, @ForAll("runs") RunOf other) {
        Comparison there = Comparison.of(one.run(), List.of(other.run()));
        Comparison back = Comparison.of(other.run(), List.of(one.run()));

        assertThat(counts(there, Kind.MISSING)).isEqualTo(counts(back, Kind.EXTRA));
        assertThat(counts(there, Kind.EXTRA)).isEqualTo(counts(back, Kind.MISSING));
        assertThat(counts(there, Kind.LATER)).isEqualTo(counts(back, Kind.EARLIER));
        assertThat(there.hopChanges().stream().filter(HopChange::isNew).count())
                .isEqualTo(back.hopChanges().stream().filter(each -> !each.isNew()).count());
    }

    @Property(tries = 100)
    void theSameIsSaidAgain(@ForAll("runs") RunOf one, @ForAll("runs") RunOf other) {
        assertThat(Comparison.of(one.run(), List.of(other.run())))
                .isEqualTo(Comparison.of(one.run(), List.of(other.run())));
    }

    @Property(tries = 300)
    void ownTimeIsWithinTheDuration(@ForAll("runs") RunOf told) {
        Sample sample = told.sample();
        List<Fact> spans = sample.facts().stream().filter(Fact::isSpan).toList();

        for (int i = 0; i < spans.size(); i++) {
            assertThat(sample.ownTimes().get(i).nanos()).isBetween(0L, spans.get(i).duration());
        }
    }

    private static Map<Step, Integer> counts(Comparison comparison, Kind kind) {
        Map<Step, Integer> counts = new TreeMap<>();
        comparison.differences().stream()
                .filter(each -> each.kind() == kind)
                .forEach(each -> counts.put(each.step(), each.by()));
        return counts;
    }
}
