package io.tradingecosystem.audit.pipeline;

import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.pipeline.RunResult.Part;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What became of a run as a job of GitHub Actions shows it: workflow commands that make
 * annotations, and a summary in Markdown. What senders say can be neither a command nor a mark.
 *
 * <p>The commands are those of "Workflow commands for GitHub Actions": in data {@code %}, CR and LF
 * are escaped, in properties {@code :} and {@code ,} too.
 */
public final class GitHub {
    /** A step shows ten annotations of a kind. */
    static final int MAX_ANNOTATIONS = 10;

    /** What a step's summary may have, in bytes. */
    static final int MAX_SUMMARY = 1 << 20;

    private static final int MAX_REASON = 2_000;
    private static final String MARKS = "\\`*_{}[]()#+!|<>&~@:$";

    private GitHub() {}

    /** The commands, a line each: an error for what has not passed, a notice for what has. */
    public static String commands(RunResult result) {
        List<Part> wrong = result.parts().stream().filter(part -> !part.hasPassed()).toList();
        StringBuilder text = new StringBuilder();
        wrong.stream()
                .limit(MAX_ANNOTATIONS - 1)
                .forEach(part -> text.append(command("error", title(part), cut(part.reason()))));
        int more = wrong.size() - (MAX_ANNOTATIONS - 1);
        String rest = more > 0 ? "; " + more + " more expectations have not passed" : "";
        return text.append(
                        command(
                                result.hasPassed() ? "notice" : "error",
                                "run " + result.run(),
                                cut(result.summary()) + rest))
                .toString();
    }

    private static String title(Part part) {
        return part.name() + " is " + part.status();
    }

    private static String command(String name, String title, String message) {
        return "::%s title=%s::%s\n".formatted(name, property(title), data(message));
    }

    private static String data(String text) {
        return PrintableText.line(text)
                .replace("%", "%25")
                .replace("\r", "%0D")
                .replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    /**
     * The summary.
     *
     * @param room it has at most so many bytes; rows that do not fit are counted
     */
    public static String summary(RunResult result, long room) {
        String head =
                "### %s\n\n%s| status | expectation | occurrences | reason |\n|---|---|---|---|\n"
                        .formatted(markdown(cut(result.summary())), evidence(result));
        StringBuilder text = new StringBuilder(head);
        long left = room - bytes(head) - bytes(more(Integer.MAX_VALUE));
        int shown = 0;
        for (Part part : result.parts()) {
            String row = row(part);
            left -= bytes(row);
            if (left < 0) {
                text.append(more(result.parts().size() - shown));
                break;
            }
            text.append(row);
            shown++;
        }
        return left < 0 && shown == 0 ? "" : text.append('\n').toString();
    }

    private static String evidence(RunResult result) {
        return paragraph(result.evidence()) + paragraph(cut(result.leftOut()));
    }

    private static String paragraph(String text) {
        return text.isEmpty() ? "" : markdown(text) + "\n\n";
    }

    private static String row(Part part) {
        return "| %s%s | %s%s | %d | %s |\n"
                .formatted(
                        part.status().toLowerCase(Locale.ROOT),
                        part.isFinal() ? "" : ", may change",
                        markdown(part.name()),
                        part.critical() ? " (critical)" : "",
                        part.occurrences(),
                        markdown(cut(part.reason())));
    }

    private static String more(int rows) {
        return "| | %d more | | |\n".formatted(rows);
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Text in which nothing is a mark, a link, a mention or HTML. */
    private static String markdown(String text) {
        return PrintableText.line(text)
                .codePoints()
                .mapToObj(c -> MARKS.indexOf(c) < 0 ? Character.toString(c) : "&#" + c + ";")
                .collect(Collectors.joining());
    }

    private static String cut(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
    }
}
