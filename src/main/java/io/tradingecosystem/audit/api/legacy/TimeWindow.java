package io.tradingecosystem.audit.api.legacy;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.common.GoDurations;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.time.Duration;

/** The parameter {@code time_window}: how far back from now a question goes. */
final class TimeWindow {
    private static final Duration DEFAULT = Duration.ofHours(1);

    private TimeWindow() {}

    /** An hour where it is absent. */
    static Duration of(QueryParameters query) {
        return query.value(
                "time_window",
                DEFAULT,
                text ->
                        GoDurations.parse(text)
                                .or(() -> Durations.parse(text))
                                .filter(Duration::isPositive),
                "it is a duration over 0, like 250ms, 15s, 1.5h or 24h0m0s");
    }
}
