package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

class TimeOrderedEventsProperties {
    private static final Comparator<PendingEvent> PLAIN =
            Comparator.comparingLong(PendingEvent::at).thenComparing(PendingEvent::id);

    @Property(tries = 300)
    void shouldHoldEventsInTheOrderOfTimeAndId(@ForAll("steps") List<Step> steps) {
        TimeOrderedEvents run = TimeOrderedEvents.none();
        NavigableSet<PendingEvent> expected = new TreeSet<>(PLAIN);

        for (Step step : steps) {
            PendingEvent event = step.event();
            if (step.comes() && !expected.contains(event)) {
                run = run.with(event);
                expected.add(event);
            } else if (!step.comes() && !expected.isEmpty()) {
                PendingEvent gone = step.fromTheStart() ? expected.first() : expected.last();
                run = run.without(gone);
                expected.remove(gone);
            }

            assertThat(events(run)).containsExactlyElementsOf(expected);
            assertThat(run.has(event)).isEqualTo(expected.contains(event));
            assertThat(run.before(event)).isEqualTo(expected.headSet(event).size());
            assertThat(run.before(event.at()))
                    .isEqualTo(expected.stream().filter(e -> e.at() < event.at()).count());
        }
    }

    private static List<PendingEvent> events(TimeOrderedEvents run) {
        List<PendingEvent> events = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            events.add(run.get(i));
        }
        return events;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.of(
                                "e1",
                                "e2",
                                "00000000-0000-7000-8000-000000000001",
                                "ffffffff-0000-7000-8000-000000000001",
                                "ffffffff-0000-7000-8000-f00000000000"),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(true)),
                                Tuple.of(2, Arbitraries.just(false))),
                        Arbitraries.of(true, true, false))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    record Step(long at, String id, boolean comes, boolean fromTheStart) {
        PendingEvent event() {
            return new PendingEvent(at, at, at, id);
        }
    }
}
