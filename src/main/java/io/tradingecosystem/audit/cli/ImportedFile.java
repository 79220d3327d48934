package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.EventJsonWriter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Imported events as a recording, NDJSON. */
final class ImportedFile implements ImportTarget {
    private final OutputStream out;
    private final ImportTally tally;

    ImportedFile(OutputStream out, ImportTally tally) {
        this.out = new BufferedOutputStream(out);
        this.tally = tally;
    }

    @Override
    public void take(String place, AuditEvent event) throws IOException {
        out.write(EventJsonWriter.bytes(event));
        out.write('\n');
        tally.taken();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
