package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.event.AuditEvent;

import java.io.Closeable;
import java.io.IOException;

/** Where imported events go. */
interface ImportTarget extends Closeable {
    /**
     * Takes an event, now or with others.
     *
     * @param place where it stands in the file
     */
    void take(String place, AuditEvent event) throws IOException;

    /** Returns when all that was taken is where it goes. */
    void flush() throws IOException;
}
