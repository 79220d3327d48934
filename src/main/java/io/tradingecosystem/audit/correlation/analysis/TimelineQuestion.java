package io.tradingecosystem.audit.correlation.analysis;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;

/**
 * A question for a timeline.
 *
 * @param selection which events
 * @param limit at most so many, from 1
 * @param pageToken where to go on, from the timeline before; empty for the start
 * @param silence the time without an event that counts as a gap
 * @param correct whether to correct the clocks of services
 */
public record TimelineQuestion(
        Selection selection, int limit, String pageToken, Duration silence, boolean correct) {
    public static final Duration DEFAULT_SILENCE = Duration.ofSeconds(5);

    public TimelineQuestion {
        requireNonNull(selection, "selection is null");
        requireNonNull(pageToken, "pageToken is null");
        requireNonNull(silence, "silence is null");
        InvalidQuestionException.requireRange("limit", limit, 1, Integer.MAX_VALUE);
    }

    /** The start of a selection, with clocks corrected. */
    public static TimelineQuestion of(Selection selection, int limit) {
        return new TimelineQuestion(selection, limit, "", DEFAULT_SILENCE, true);
    }

    /** The same question, from a page token on. */
    public TimelineQuestion from(String token) {
        return new TimelineQuestion(selection, limit, token, silence, correct);
    }
}
