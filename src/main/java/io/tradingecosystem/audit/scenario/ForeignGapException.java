package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.verdicts.ReportedGap;

/** Somebody tells of a loss of a service that is not his to speak for. */
public final class ForeignGapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForeignGapException(ReportedGap gap) {
        super(
                "%s may not speak for %s; access.services says for whom it may"
                        .formatted(gap.teller().caller(), gap.service()));
    }
}
