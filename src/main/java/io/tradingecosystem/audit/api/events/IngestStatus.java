package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.access.Limits;
import io.tradingecosystem.audit.access.RefusedAmount;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The section of the status document that shows what came in since the start: for every row, and
 * for their sum, received = stored + duplicate + conflict + rejected + in_flight.
 *
 * @param bytesInFlight the size of the events on their way into the log
 * @param total the sum of the ledger
 * @param ledger a row for each door and source
 * @param limited what callers sent over their limits, of which the ledger has nothing
 */
public record IngestStatus(
        long bytesInFlight, Counts total, List<Row> ledger, List<RefusedAmount> limited) {

    /** The books as they are now. */
    public static IngestStatus of(Intake intake, Limits limits) {
        List<Ledger.Entry> entries = intake.ledger().entries();
        return new IngestStatus(
                intake.bytesInFlight(),
                entries.stream().map(Counts::of).reduce(Counts.NONE, Counts::plus),
                entries.stream().map(Row::of).toList(),
                limits.refused());
    }

    /** Counts of events. */
    public record Counts(
            long received,
            long stored,
            long duplicate,
            long conflict,
            Map<String, Long> rejected,
            long inFlight) {
        static final Counts NONE = new Counts(0, 0, 0, 0, Map.of(), 0);

        static Counts of(Ledger.Entry entry) {
            return new Counts(
                    entry.received(),
                    entry.stored(),
                    entry.duplicate(),
                    entry.conflict(),
                    entry.rejected(),
                    entry.inFlight());
        }

        Counts plus(Counts other) {
            Map<String, Long> sum = new TreeMap<>(rejected);
            other.rejected.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
            return new Counts(
                    received + other.received,
                    stored + other.stored,
                    duplicate + other.duplicate,
                    conflict + other.conflict,
                    sum,
                    inFlight + other.inFlight);
        }
    }

    /** A row of the ledger. */
    record Row(String door, String source, Counts counts) {
        static Row of(Ledger.Entry entry) {
            return new Row(entry.door().label(), entry.source(), Counts.of(entry));
        }
    }
}
