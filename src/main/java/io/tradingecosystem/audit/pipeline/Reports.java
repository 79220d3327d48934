package io.tradingecosystem.audit.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.pipeline.RunResult.Line;
import io.tradingecosystem.audit.pipeline.RunResult.Part;

import java.io.UncheckedIOException;

/**
 * What became of a run as text for people and JSON for programs; {@link RunJUnit} has the third.
 */
public final class Reports {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Reports() {}

    /** The answer of the service. */
    public static String json(RunResult result) {
        try {
            return PrintableText.lines(JSON.writeValueAsString(result.answer())) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line per expectation, and one per verdict of those that have not passed. */
    public static String text(RunResult result) {
        StringBuilder text = new StringBuilder();
        result.parts().forEach(part -> append(text, part));
        if (!result.evidence().isEmpty()) {
            text.append(line(result.evidence()));
        }
        if (!result.leftOut().isEmpty()) {
            text.append(line(result.leftOut()));
        }
        return text.append(line(result.summary())).toString();
    }

    private static void append(StringBuilder text, Part part) {
        text.append(
                line(
                        "%s  %s%s  %d %s%s"
                                .formatted(
                                        part.status(),
                                        part.name(),
                                        part.critical() ? "  (critical)" : "",
                                        part.occurrences(),
                                        part.occurrences() == 1 ? "occurrence" : "occurrences",
                                        part.isFinal() ? "" : ", not final")));
        if (!part.hasPassed()) {
            text.append(line("    " + part.reason()));
            part.verdicts().forEach(verdict -> text.append(line("    " + verdict(verdict))));
        }
    }

    static String verdict(Line verdict) {
        return "%s trigger %s at %s: %s"
                .formatted(
                        verdict.status(),
                        verdict.triggerId(),
                        verdict.triggeredAt(),
                        verdict.reason());
    }

    /**
     * What senders say is no line of ours, and no command of the old form to a runner of GitHub.
     */
    private static String line(String text) {
        return PrintableText.line(text).replace("##[", "## [") + "\n";
    }
}
