package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.Evidence.EventFact;
import io.tradingecosystem.audit.scenario.Expectations.Sought;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out what an event is evidence of: the event is added to the windows of which it is a
 * sighting, and opens a window where it is a trigger. For the one thread that judges.
 */
final class EvidenceCollector {
    private final VerdictStoreWriter writer;
    private final Expectations expectations;
    private final Gaps gaps;
    private final Sightings sightings;
    private final Tolerances tolerances;
    private final UnexplainedAlerts suspects;

    EvidenceCollector(
            VerdictStoreWriter writer,
            Expectations expectations,
            Gaps gaps,
            Sightings sightings,
            Tolerances tolerances) {
        this.writer = writer;
        this.expectations = expectations;
        this.gaps = gaps;
        this.sightings = sightings;
        this.tolerances = tolerances;
        this.suspects = new UnexplainedAlerts(writer);
    }

    /** Takes in an event and gives the windows that are to be judged anew. */
    Set<String> watch(AuditEvent event) {
        Set<String> touched = new TreeSet<>();
        boolean expected = false;
        for (Sought sought : expectations.soughtBy(event.type())) {
            if (sought.pattern().matches(event)) {
                expected |= sighted(sought, event, touched);
            }
        }
        for (Expectation expectation : expectations.triggeredBy(event.type())) {
            if (expectation.trigger().matches(event)) {
                open(expectation, event, touched);
            }
        }
        suspects.consider(event, expected);
        return touched;
    }

    private boolean sighted(Sought sought, AuditEvent event, Set<String> touched) {
        Optional<byte[]> join = Sightings.effectJoin(sought.expectation(), sought.part(), event);
        if (join.isEmpty()) {
            return false;
        }
        Part wanted = sought.expectation().parts().get(sought.part());
        Instant from =
                event.occurredAt()
                        .minus(wanted.within())
                        .minus(Evidence.lookBehind(wanted.within()));
        Instant to = event.occurredAt().plus(Evidence.lookBefore());
        boolean expected = false;
        for (String id : writer.index().joined(join.get(), from, to)) {
            Optional<Window> window = writer.window(id);
            if (window.isPresent() && !window.get().occurrence().triggerId().equals(event.id())) {
                expected = true;
                add(window.get(), sought, event, touched);
            }
        }
        return expected;
    }

    private void add(Window window, Sought sought, AuditEvent event, Set<String> touched) {
        Evidence evidence =
                with(
                        window.evidence(),
                        sought.expectation(),
                        sought.part(),
                        window.occurrence(),
                        event);
        if (!evidence.equals(window.evidence())) {
            writer.replace(window, window.with(evidence));
            touched.add(window.occurrence().verdictId());
        }
    }

    private void open(Expectation expectation, AuditEvent trigger, Set<String> touched) {
        Occurrence occurrence = Occurrence.of(expectation, trigger);
        if (writer.window(occurrence.verdictId()).isPresent()) {
            return;
        }
        Evidence evidence = Evidence.none(expectation);
        List<byte[]> joins = new ArrayList<>();
        for (int part = 0; part < expectation.parts().size(); part++) {
            Sightings.causeJoin(expectation, part, trigger).ifPresent(joins::add);
            for (AuditEvent effect : sightings.around(expectation, part, trigger)) {
                evidence = with(evidence, expectation, part, occurrence, effect);
                suspects.clear(effect);
            }
        }
        writer.open(window(expectation, occurrence, evidence), joins);
        touched.add(occurrence.verdictId());
    }

    private Evidence with(
            Evidence evidence,
            Expectation expectation,
            int part,
            Occurrence occurrence,
            AuditEvent event) {
        return evidence.with(
                expectation, part, occurrence.at(), tolerances.clockSkew(), EventFact.of(event));
    }

    /** A window on which nothing was judged yet. */
    private Window window(Expectation expectation, Occurrence occurrence, Evidence evidence) {
        Deadlines deadlines = new Deadlines(occurrence, gaps.all(), tolerances);
        Verdict pending =
                Judge.judge(
                        expectation,
                        Evidence.none(expectation),
                        deadlines,
                        NearMisses.OtherKeys.NONE,
                        Instant.MIN);
        return new Window(
                0,
                expectation.name(),
                expectation.version(),
                occurrence,
                evidence,
                pending,
                deadlines.next(expectation, Instant.MIN));
    }
}
