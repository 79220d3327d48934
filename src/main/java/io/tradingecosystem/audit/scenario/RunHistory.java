package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.matching.LateSearch;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.runs.RunState;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.EventIndex;

import java.util.Map;

/**
 * Looks in the store for what of a run was recorded before its expectation was in force: by the
 * run's id or the kind of event, each pattern within the budget. A run that began later has nothing
 * there, which costs a look at an index. For the one thread that judges.
 */
final class RunHistory {
    private final EventIndex index;
    private final RunMeasures measures;
    private LateSearch search;

    RunHistory(EventIndex index, RunMeasures measures, int budget) {
        this.index = index;
        this.measures = measures;
        this.search = new LateSearch(index, budget);
    }

    /** From here on so many events are looked at for one pattern. */
    void decide(int budget) {
        search = new LateSearch(index, budget);
    }

    /**
     * Brings what was recorded before into a run of which nothing is known yet.
     *
     * @param before the occurred_at that all of it is before, in nanoseconds
     * @param position the last event that counts
     */
    void recall(RunState run, Expectation expectation, long before, long position) {
        new Recall(run, before - 1, position).of(expectation);
        index.removed()
                .map(gone -> Times.toEpochNanos(gone.recordedBefore()))
                .ifPresent(gone -> run.unknowns().gone(Math.min(gone, before)));
    }

    private final class Recall {
        private final RunState run;
        private final long to;
        private final long position;

        private Recall(RunState run, long to, long position) {
            this.run = run;
            this.to = to;
            this.position = position;
        }

        private void of(Expectation expectation) {
            if (!find(expectation.trigger(), 1).events().isEmpty()) {
                run.unknowns().cut();
            }
            expectation.run().orElseThrow().until().ifPresent(this::end);
            Measuring.of(expectation).forEach(this::measure);
        }

        private void end(EventPattern until) {
            find(until, Integer.MAX_VALUE)
                    .events()
                    .forEach(event -> run.ended(JoinedEvent.of(event)));
        }

        private void measure(Measuring each) {
            find(each.pattern(), Integer.MAX_VALUE)
                    .events()
                    .forEach(event -> measures.add(run, each, event));
        }

        private LateSearch.Found find(EventPattern pattern, int max) {
            Map<String, String> keys =
                    run.scenarioId().isEmpty() ? Map.of() : Map.of("scenario_id", run.scenarioId());
            LateSearch.Found found =
                    search.find(pattern, keys, 0, to, position, max, this::isOfRun);
            if (!found.complete()) {
                run.unknowns().unsearched();
            }
            return found;
        }

        private boolean isOfRun(AuditEvent event) {
            return event.scenarioId().equals(run.scenarioId())
                    && !event.isPretended()
                    && !VerdictEvents.isOwn(event);
        }
    }
}
