package io.tradingecosystem.audit.importer;

import io.tradingecosystem.audit.event.Candidate;

import java.io.IOException;
import java.io.InputStream;

/** A form in which data were recorded. */
public interface RecordedFormat {
    /** Takes what was read, in the order of the file. */
    @FunctionalInterface
    interface Items {
        /**
         * Takes an item.
         *
         * @param place where it stands: {@code line 7}, {@code span 3 of trace ab12}
         */
        void item(String place, Candidate candidate) throws IOException;
    }

    /**
     * Reads a file to its end. What cannot be read of it is an item as well, and what is behind is
     * read where that can be told.
     *
     * @throws IOException if the file cannot be read, or an item not be taken
     */
    void read(InputStream in, Items items) throws IOException;
}
