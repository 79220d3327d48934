package io.tradingecosystem.audit.settings;

import io.tradingecosystem.audit.common.PrintableText;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; every problem is named, one line each. */
public final class InvalidSettingsException extends RuntimeException {
    private final List<Problem> problems;
    private final boolean json;

    InvalidSettingsException(List<Problem> problems) {
        this(problems, false);
    }

    InvalidSettingsException(List<Problem> problems, boolean json) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.json = json;
    }

    /** Whether the log is JSON. */
    public boolean isJson() {
        return json;
    }

    /** All that is wrong, in the order of reading. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * One thing wrong.
     *
     * @param origin the file, or the environment variable or system property, that has the value
     * @param key the setting
     * @param value what stands there
     * @param allowed what may stand there, in words
     */
    public record Problem(String origin, String key, String value, String allowed) {
        /** The same without what is secret in the value. */
        Problem hidden() {
            return new Problem(origin, key, Secrets.shownOfUnknown(key, value), allowed);
        }

        @Override
        public String toString() {
            return PrintableText.line(
                    origin + ": " + key + ": \"" + value + "\" is not accepted: " + allowed);
        }
    }
}
