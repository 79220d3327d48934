package io.tradingecosystem.audit.ingest;

import io.tradingecosystem.audit.event.Admission.Result;
import io.tradingecosystem.audit.event.Admission.Result.Admitted;
import io.tradingecosystem.audit.event.Admission.Result.Refused;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventProblem;
import io.tradingecosystem.audit.event.EventProblem.Reason;
import io.tradingecosystem.audit.store.AppendOutcome;
import io.tradingecosystem.audit.store.Damage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One sender's batch on its way: what was admitted of it, and the books about all of it. */
final class Delivery {
    private final Door door;
    private final Ledger ledger;
    private final List<Result> results;
    private final List<Ledger.Row> rows;
    private final List<AuditEvent> admitted;
    private String lastSource = "";
    private long size;

    Delivery(Door door, Ledger ledger, int candidates) {
        this.door = door;
        this.ledger = ledger;
        this.results = new ArrayList<>(candidates);
        this.rows = new ArrayList<>(candidates);
        this.admitted = new ArrayList<>(candidates);
    }

    void add(Result result) {
        String source =
                switch (result) {
                    case Admitted a -> {
                        admitted.add(a.event());
                        size += a.size();
                        yield a.event().service();
                    }
                    case Refused refused -> refused.service();
                };
        // Most batches come from one service.
        boolean same = !rows.isEmpty() && source.equals(lastSource);
        Ledger.Row row = same ? rows.getLast() : ledger.row(door, source);
        lastSource = source;
        row.received();
        rows.add(row);
        results.add(result);
    }

    List<AuditEvent> admitted() {
        return admitted;
    }

    /** The size of what was admitted, in the measure of the limits. */
    long size() {
        return size;
    }

    /** Books what the log said of the admitted ones, and what was refused. */
    List<Receipt> settle(List<AppendOutcome> outcomes, Instant now, IntakeObserver observer) {
        List<Receipt> receipts = new ArrayList<>(results.size());
        Iterator<AppendOutcome> next = outcomes.iterator();
        for (int i = 0; i < results.size(); i++) {
            Ledger.Row row = rows.get(i);
            receipts.add(
                    switch (results.get(i)) {
                        case Admitted a -> settle(a, next.next(), row, now, observer);
                        case Refused refused -> refuse(refused, row);
                    });
        }
        return receipts;
    }

    private static Receipt settle(
            Admitted admitted,
            AppendOutcome outcome,
            Ledger.Row row,
            Instant now,
            IntakeObserver observer) {
        AuditEvent event = admitted.event();
        return switch (outcome) {
            case AppendOutcome.Stored stored -> {
                row.stored(event.type());
                if (!admitted.timeGiven()) {
                    observer.lag(event.service(), between(event.occurredAt(), now));
                }
                yield Receipt.stored(event.id(), stored.position(), admitted.note());
            }
            case AppendOutcome.Duplicate duplicate -> {
                row.duplicate();
                yield Receipt.duplicate(event.id(), duplicate.position(), admitted.note());
            }
            case AppendOutcome.Conflict conflict -> {
                row.conflict();
                yield Receipt.conflict(event.id(), conflict.position());
            }
            case AppendOutcome.Undecided undecided -> refuse(event, undecided.damage(), row);
        };
    }

    /** Books that nothing of it was taken: the admitted ones for this reason. */
    void lose(String reason) {
        for (int i = 0; i < results.size(); i++) {
            Ledger.Row row = rows.get(i);
            switch (results.get(i)) {
                case Admitted a -> row.rejected(reason);
                case Refused refused -> refuse(refused, row);
            }
        }
    }

    private static Receipt refuse(Refused refused, Ledger.Row row) {
        row.rejected(refused.problem().reason().name());
        return Receipt.rejected(refused.id(), refused.problem());
    }

    private static Receipt refuse(AuditEvent event, Damage damage, Ledger.Row row) {
        row.rejected(Reason.LOG_DAMAGED.name());
        return Receipt.rejected(
                event.id(),
                new EventProblem(
                        Reason.LOG_DAMAGED,
                        "it cannot be told whether the log has " + event.id() + ": " + damage));
    }

    private static long between(Instant from, Instant to) {
        return Duration.between(from, to).toNanos();
    }
}
