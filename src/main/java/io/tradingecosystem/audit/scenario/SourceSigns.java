package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.SourceCoverage.Silence;
import io.tradingecosystem.audit.scenario.expectations.Source;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What an event says as a sign of life, and what silence says. */
final class SourceSigns {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final OptionalLong NONE = OptionalLong.empty();

    private SourceSigns() {}

    /** The number of a sign, its time where the source does not count; empty if it is none. */
    static OptionalLong number(Source source, AuditEvent event, long at) {
        if (!source.isCounted()) {
            return OptionalLong.of(at);
        }
        return EventName.of(source.sequence()).of(event).map(SourceSigns::number).orElse(NONE);
    }

    private static OptionalLong number(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Whole whole -> OptionalLong.of(whole.value());
            case AttributeValue.Text text when NUMBER.matcher(text.value()).matches() ->
                    OptionalLong.of(Long.parseLong(text.value()));
            default -> NONE;
        };
    }

    /** What silence means for a part, as a clause for people. */
    static String clause(Source source, Silence silence) {
        String who = Sources.SILENT + ": " + source.clause() + " ";
        return switch (silence.kind()) {
            case SILENT -> who + unheard(source, silence);
            case FORGOTTEN ->
                    who + "was heard before " + time(silence.until()) + " is not known any more";
            case REPEATED -> who + "gave a number twice, so that no hole can be seen";
        };
    }

    private static String unheard(Source source, Silence silence) {
        String unheard = source.isCounted() ? "was not heard without a hole" : "was not heard";
        boolean before = silence.since() != Long.MIN_VALUE;
        boolean behind = silence.until() != Long.MAX_VALUE;
        String since = before ? (behind ? " from " : " since ") + time(silence.since()) : "";
        String until = behind ? (before ? " to " : " before ") + time(silence.until()) : "";
        return unheard + since + until;
    }

    private static String time(long nanos) {
        return Times.format(Times.ofEpochNanos(nanos));
    }
}
