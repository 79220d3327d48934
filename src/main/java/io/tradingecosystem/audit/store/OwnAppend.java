package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.SaidBefore;
import io.tradingecosystem.audit.logging.EventLogger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Appends what the correlator says. Doors of older versions took any id, so that the log may have
 * something else under the id of an own event: then that gets the next id, the same each time, and
 * is stored once all the same. Where a row of ids is taken, the event gets one that nobody can have
 * foreseen, so that no number of them keeps it out; said once more, it is stored once more.
 * Thread-safe.
 */
public final class OwnAppend {
    private static final EventLogger LOG = EventLogger.of(OwnAppend.class);
    private static final int MAX_NUMBER = 16;

    private final EventLog log;

    private OwnAppend(EventLog log) {
        this.log = log;
    }

    /**
     * Appends own events to a log, and returns when they are on disk.
     *
     * @return what became of each, in their order
     * @throws LogBusyException if the log's queue is full: try again later
     * @throws LogUnavailableException if the log cannot be written
     */
    public static List<OwnOutcome> to(EventLog log, List<AuditEvent> events) {
        return new OwnAppend(log).append(events);
    }

    private List<OwnOutcome> append(List<AuditEvent> events) {
        List<AppendOutcome> outcomes = log.append(events);
        List<OwnOutcome> settled = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            settled.add(settle(events.get(i), outcomes.get(i)));
        }
        return settled;
    }

    private OwnOutcome settle(AuditEvent event, AppendOutcome first) {
        AuditEvent tried = event;
        AppendOutcome outcome = first;
        for (int number = 2; isTaken(tried, outcome); number++) {
            tried = event.toBuilder().id(next(event.id(), number)).build();
            outcome = log.append(List.of(tried)).getFirst();
        }
        if (!tried.id().equals(event.id()) && outcome instanceof AppendOutcome.Stored) {
            log.displaced();
            LOG.warn("own.id.taken", "id", event.id(), "type", event.type(), "instead", tried.id());
        }
        return new OwnOutcome(tried.id(), outcome);
    }

    private static String next(String id, int number) {
        return number <= MAX_NUMBER ? OwnWords.nextId(id, number) : OwnWords.unforeseenId(id);
    }

    private boolean isTaken(AuditEvent event, AppendOutcome outcome) {
        return switch (outcome) {
            case AppendOutcome.Stored stored -> false;
            case AppendOutcome.Duplicate there -> isOfAnother(event, there.position());
            case AppendOutcome.Conflict there -> isOfAnother(event, there.position());
            case AppendOutcome.Undecided undecided -> false;
        };
    }

    private boolean isOfAnother(AuditEvent event, long position) {
        Optional<AuditEvent> there = log.read(position - 1, 1).stream().findFirst();
        return there.filter(each -> each.position() == position)
                .filter(each -> !SaidBefore.by(each, event))
                .isPresent();
    }
}
