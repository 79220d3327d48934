package io.tradingecosystem.audit.logging;

import io.tradingecosystem.audit.common.PrintableText;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/**
 * For people: {@code 2026-01-31T12:00:00.123Z info registry.lost redis=localhost:6379 retry_in=1s}.
 * A value with spaces or control characters is quoted; a stack trace follows on lines of its own.
 */
final class TextFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord record) {
        LogLine line = LogLine.of(record);
        StringBuilder text = new StringBuilder(160);
        Instant time = record.getInstant();
        TIME.formatTo(time, text);
        text.append(' ').append(padded(LogLine.word(record.getLevel()))).append(line.event());
        line.fields().forEach((name, value) -> append(text, name, LogLine.text(value)));
        TraceContext.current().ifPresent(trace -> append(text, "trace_id", trace.traceId()));
        line.failure().ifPresent(trace -> text.append('\n').append(indented(trace)));
        return text.append('\n').toString();
    }

    /** No line of what an exception says can be taken for one of the log. */
    private static String indented(String trace) {
        return trace.lines()
                .map(line -> "    " + PrintableText.lines(line))
                .collect(Collectors.joining("\n"));
    }

    private static String padded(String level) {
        return level.length() < 5 ? level + "  " : level + " ";
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(' ').append(name).append('=');
        if (!value.isEmpty()
                && value.chars().allMatch(TextFormatter::isPlain)
                && PrintableText.isPrintable(value)) {
            text.append(value);
        } else {
            quote(text, value);
        }
    }

    private static boolean isPlain(int character) {
        return character > ' ' && character != '"';
    }

    private static void quote(StringBuilder text, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
        text.append('"').append(PrintableText.line(escaped)).append('"');
    }
}
