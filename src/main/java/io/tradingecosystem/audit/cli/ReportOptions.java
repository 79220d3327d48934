package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.pipeline.ReportFile;
import io.tradingecosystem.audit.pipeline.Reports;
import io.tradingecosystem.audit.pipeline.RunJUnit;
import io.tradingecosystem.audit.pipeline.RunResult;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a pipeline wants to read what became of a run, as the command line says it.
 *
 * @param file where the report goes; absent for standard output
 */
record ReportOptions(Form form, Optional<Path> file) {
    /** The options that {@link #of} reads. */
    static final Set<String> OPTIONS = Set.of("--report", "--out");

    static final String HELP =
            """
              --report FORM         junit, json or text, which is the default
              --out FILE            where the report goes, and text to standard output; otherwise standard output
            """;

    /** The form of a report. */
    enum Form {
        TEXT,
        JSON,
        JUNIT
    }

    /**
     * What the options say.
     *
     * @throws UsageException if one makes no sense
     */
    static ReportOptions of(Options options, Map<String, String> environment) {
        return new ReportOptions(
                form(options.value("--report").orElse("text")),
                options.value("--out").map(Path::of));
    }

    private static Form form(String name) {
        return Arrays.stream(Form.values())
                .filter(form -> word(form).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException("--report is " + name + "; it is " + words()));
    }

    private static String words() {
        return Arrays.stream(Form.values())
                .map(ReportOptions::word)
                .collect(Collectors.joining(", "));
    }

    private static String word(Form form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes a report.
     *
     * @throws UsageException if the file cannot be written
     */
    void write(RunResult result, PrintStream out) {
        String report = report(result);
        try {
            if (file.isPresent()) {
                ReportFile.write(file.get(), report);
                out.print(Reports.text(result));
            } else {
                out.print(report);
            }
            out.flush();
        } catch (IOException e) {
            throw new UsageException("--out: cannot write: " + e);
        }
    }

    private String report(RunResult result) {
        return switch (form) {
            case TEXT -> Reports.text(result);
            case JSON -> Reports.json(result);
            case JUNIT -> RunJUnit.write(result);
        };
    }
}
