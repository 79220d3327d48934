package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.pipeline.GitHub;
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
 * @param summary the file of a job's summary
 */
record ReportOptions(Form form, Optional<Path> file, Optional<Path> summary) {
    /** The options that {@link #of} reads. */
    static final Set<String> OPTIONS = Set.of("--report", "--out");

    static final String HELP =
            """
              --report FORM         junit, json, github (annotations, and a summary where GITHUB_STEP_SUMMARY says)
                                    or text, which is the default
              --out FILE            where the report goes, and text to standard output; otherwise standard output
            """;

    private static final String SUMMARY = "GITHUB_STEP_SUMMARY";

    /** The form of a report. */
    enum Form {
        TEXT,
        JSON,
        JUNIT,
        GITHUB
    }

    /**
     * What the options say.
     *
     * @throws UsageException if one makes no sense
     */
    static ReportOptions of(Options options, Map<String, String> environment) {
        Form form = form(options.value("--report").orElse("text"));
        if (form == Form.GITHUB && options.value("--out").isPresent()) {
            throw new UsageException("--report github goes to standard output, where runners read");
        }
        return new ReportOptions(
                form,
                options.value("--out").map(Path::of),
                Optional.ofNullable(environment.get(SUMMARY))
                        .filter(path -> form == Form.GITHUB && !path.isBlank())
                        .map(Path::of));
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
            if (summary.isPresent()) {
                ReportFile.append(summary.get(), room -> GitHub.summary(result, room));
            }
        } catch (IOException e) {
            throw new UsageException("cannot write the report: " + e);
        }
    }

    private String report(RunResult result) {
        return switch (form) {
            case TEXT -> Reports.text(result);
            case JSON -> Reports.json(result);
            case JUNIT -> RunJUnit.write(result);
            case GITHUB -> GitHub.commands(result);
        };
    }
}
