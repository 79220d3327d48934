package io.tradingecosystem.audit.api;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Removal;
import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What answers say of events that retention removed: GONE where all that was asked for is, an
 * omission where some of it may be. Of an id that is not known nobody can tell whether it was
 * removed or never there; the answer says which events were. Thread-safe.
 */
public final class RemovedEvents {
    private final EventIndex index;

    /** Of the log that an index is of. */
    public RemovedEvents(EventIndex index) {
        this.index = index;
    }

    /** There is no event with this id, or none any more. */
    public ProblemException unknown(String id) {
        Optional<Removal> gone = index.removed(id);
        if (gone.isPresent()) {
            return problem(Kind.GONE, "Event " + id + " was removed.", gone.get());
        }
        return index.removed()
                .map(
                        removal ->
                                problem(
                                        Kind.NOT_FOUND,
                                        "There is no event " + id + ", or it was removed.",
                                        removal))
                .orElseGet(() -> ProblemException.unknown("event", id));
    }

    /** What an answer about events of a time may lack. */
    public List<Omission> since(Instant from) {
        return Removal.omission(index.removed(), from).stream().toList();
    }

    /**
     * Passes unless a first page is empty because what was asked for was removed, or may have been.
     *
     * @param from the earliest occurred_at that was asked for
     * @param to the latest, exclusive
     * @param isEmpty whether nothing was found
     * @throws ProblemException GONE
     */
    public void requireKept(Instant from, Instant to, boolean isEmpty) {
        index.removed()
                .filter(removal -> isEmpty && isOf(removal, from, to))
                .ifPresent(
                        removal -> {
                            throw problem(
                                    Kind.GONE, "Nothing of that time is kept any more.", removal);
                        });
    }

    /** A question without a beginning is one for what there is. */
    private static boolean isOf(Removal removal, Instant from, Instant to) {
        boolean begins = from.isAfter(Selection.BEGINNING);
        return !to.isAfter(removal.recordedBefore())
                || (begins && from.isBefore(removal.recordedBefore()));
    }

    private static ProblemException problem(Kind kind, String what, Removal removal) {
        String before = Times.format(removal.recordedBefore());
        String at = removal.at().map(Times::format).orElse("");
        Problem problem =
                Problem.of(
                                kind,
                                "%s Events recorded before %s, up to position %d, were removed%s; see store.retention-age and store.retention-size."
                                        .formatted(
                                                what,
                                                before,
                                                removal.upTo(),
                                                at.isEmpty() ? "" : " by " + at))
                        .with("removed_up_to", removal.upTo())
                        .with("recorded_before", before);
        return new ProblemException(at.isEmpty() ? problem : problem.with("removed_at", at));
    }
}
