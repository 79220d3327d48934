package io.tradingecosystem.audit.notify;

import io.tradingecosystem.audit.common.PrintableText;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What an answer means for an event and its webhook. */
sealed interface Outcome {
    /** No receiver is obeyed that wants more time. */
    Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    /** The receiver has it. */
    record Delivered() implements Outcome {}

    /** The receiver wants no more: 410. */
    record Gone() implements Outcome {}

    /** The receiver does not take this event: 400, 413, 415, 422. */
    record Refused(String reason) implements Outcome {}

    /**
     * The receiver answers what may be its own fault, or the event's: a redirect, 401, 404, 500.
     */
    record Failed(String reason) implements Outcome {}

    /**
     * The receiver cannot take anything now, or cannot be reached.
     *
     * @param atLeast what it asks to wait; zero if nothing
     */
    record Later(String reason, Duration atLeast) implements Outcome {}

    /** Reads an answer. */
    static Outcome of(Answer answer, Instant now) {
        return switch (answer) {
            case Answer.None none -> new Later(none.reason(), Duration.ZERO);
            case Answer.Status status -> of(status, now);
        };
    }

    private static Outcome of(Answer.Status answer, Instant now) {
        String reason = reason(answer);
        return switch (answer.status()) {
            case 410 -> new Gone();
            case 400, 413, 415, 422 -> new Refused(reason);
            case 429, 503 -> new Later(reason, retryAfter(answer.retryAfter(), now));
            default -> answer.status() / 100 == 2 ? new Delivered() : new Failed(reason);
        };
    }

    private static String reason(Answer.Status answer) {
        String redirect = answer.status() / 100 == 3 ? " (redirects are not followed)" : "";
        String text = PrintableText.line(answer.text());
        return "status " + answer.status() + redirect + (text.isBlank() ? "" : ": " + text);
    }

    /** Seconds, or a date of HTTP; what is neither asks for nothing. */
    private static Duration retryAfter(Optional<String> header, Instant now) {
        Duration asked =
                header.map(String::strip).map(text -> parse(text, now)).orElse(Duration.ZERO);
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
    }

    private static Duration parse(String text, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(now, date.toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
