package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.event.Admission;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventIds;
import io.tradingecosystem.audit.event.EventLimits;
import io.tradingecosystem.audit.importer.RecordedFormat.Items;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Admits what was read of a file, by the names and limits that recordings are read by, and passes
 * it on. An event without a time is none here: when it arrives says nothing of when it happened.
 */
final class ImportedEvents implements Items {
    /** A recording is judged by its own times, so none of them lies in the future. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final ImportTarget target;
    private final ImportTally tally;
    private final Admission admission =
            Admission.ofRecording(
                    EventLimits.DEFAULT,
                    EventAliases.DEFAULT,
                    new EventIds(InstantSource.fixed(LATEST), () -> 0),
                    InstantSource.fixed(LATEST));

    ImportedEvents(ImportTarget target, ImportTally tally) {
        this.target = target;
        this.tally = tally;
    }

    @Override
    public void item(String place, Candidate candidate) throws IOException {
        switch (admission.admit(candidate)) {
            case Admission.Result.Refused refused -> tally.refused(place, refused.problem().text());
            case Admission.Result.Admitted admitted -> {
                if (admitted.timeGiven()) {
                    tally.refused(place, "it has no time");
                } else {
                    target.take(place, admitted.event());
                }
            }
        }
    }
}
