package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/** Verdicts as a report: JSON for programs, JUnit XML for CI pipelines, text for people. */
public final class Reports {
    /** What is wrong with a recording in which an id names two events; the ids follow. */
    static final String CONFLICT =
            "conflict: an id names events with different contents, of which the first counts: ";

    private Reports() {}

    /** The form of a report. */
    public enum Form {
        JSON,
        JUNIT,
        TEXT
    }

    /** Writes a report. */
    public static String write(Outcome outcome, Form form) {
        return write(Report.of(outcome, Optional.empty()), form);
    }

    /**
     * Writes a report that also tells what caused what; JUnit's form has no place for it. An alert
     * with a cause is no candidate for a false positive.
     */
    public static String write(Outcome outcome, List<Link> links, Form form) {
        return write(Report.of(outcome, Optional.of(links)), form);
    }

    static String write(Report report, Form form) {
        StringWriter text = new StringWriter();
        try {
            write(report, form, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Writes a report as it is read; what cannot be read any more fails midway. */
    static void write(Report report, Form form, Writer out) throws IOException {
        switch (form) {
            case JSON -> JsonReport.write(report, out);
            case JUNIT -> JUnitReport.write(report, out);
            case TEXT -> TextReport.write(report, out);
        }
    }
}
