package io.tradingecosystem.audit.store;

import java.nio.file.Path;
import java.util.List;

/**
 * What became of a log that was repaired.
 *
 * @param events how many it has now
 * @param gaps how many of them stand for lost ones
 * @param dropped the projections that could not be read; they are derived anew
 * @param quarantine where the files are that were there before
 */
public record RepairReport(long events, int gaps, List<String> dropped, Path quarantine) {
    public RepairReport {
        dropped = List.copyOf(dropped);
    }
}
