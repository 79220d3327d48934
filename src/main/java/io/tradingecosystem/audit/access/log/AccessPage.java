package io.tradingecosystem.audit.access.log;

import java.util.List;

/**
 * Records of the access log.
 *
 * @param records in the order that was asked for
 * @param nextPageToken where to go on; empty if there is no more
 * @param unreadable how many lines on the way could not be read, as one that a crash cut
 */
public record AccessPage(List<AccessRecord> records, String nextPageToken, int unreadable) {

    /** Copies the list. */
    public AccessPage {
        records = List.copyOf(records);
    }
}
