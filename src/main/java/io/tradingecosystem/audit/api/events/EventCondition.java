package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.ValueKey;

import java.time.Duration;
import java.util.Locale;

/** What an event must be like, where only a look at the event itself can tell. Immutable. */
public sealed interface EventCondition {
    /** Whether an event is. */
    boolean isOf(AuditEvent event);

    /**
     * Its id or that of its trace begins so.
     *
     * @param written as the caller wrote it
     * @param hex as ids of traces are kept
     */
    record IdPrefix(String written, String hex) implements EventCondition {
        /** Fewer characters begin too many ids. */
        static final int MIN_LENGTH = 4;

        static IdPrefix of(String written) {
            return new IdPrefix(written, written.replace("-", "").toLowerCase(Locale.ROOT));
        }

        @Override
        public boolean isOf(AuditEvent event) {
            return event.id().regionMatches(true, 0, written, 0, written.length())
                    || (hex.length() >= MIN_LENGTH && event.traceId().startsWith(hex));
        }
    }

    /** It is of this severity. */
    record OfSeverity(Severity severity) implements EventCondition {
        @Override
        public boolean isOf(AuditEvent event) {
            return event.severity() == severity;
        }
    }

    /** It is at least so grave. */
    record AtLeast(Severity severity) implements EventCondition {
        @Override
        public boolean isOf(AuditEvent event) {
            return event.severity().compareTo(severity) >= 0;
        }
    }

    /** It is an error, or is none. */
    record IsError(boolean wanted) implements EventCondition {
        private static final String ATTRIBUTE = "error";

        @Override
        public boolean isOf(AuditEvent event) {
            return isError(event) == wanted;
        }

        /** By its severity, or as tracers of before OpenTelemetry say it. */
        private static boolean isError(AuditEvent event) {
            return event.severity().compareTo(Severity.ERROR) >= 0
                    || event.attribute(ATTRIBUTE).equalsIgnoreCase("true");
        }
    }

    /** It took at least so long. */
    record Lasted(Duration min) implements EventCondition {
        @Override
        public boolean isOf(AuditEvent event) {
            return event.duration().compareTo(min) >= 0;
        }
    }

    /** It took some time, and at most so long. */
    record LastedAtMost(Duration max) implements EventCondition {
        @Override
        public boolean isOf(AuditEvent event) {
            return event.duration().isPositive() && event.duration().compareTo(max) <= 0;
        }
    }

    /** An attribute, or another name of an event, has a value. */
    record Attribute(EventName name, String value) implements EventCondition {
        static Attribute of(String name, String written) {
            EventName asked = EventName.of(name);
            return new Attribute(asked, asked.isOwn() ? written : ValueKey.of(written));
        }

        @Override
        public boolean isOf(AuditEvent event) {
            return name.of(event).map(this::isValue).orElse(false);
        }

        private boolean isValue(AttributeValue actual) {
            String key = name.isOwn() ? ValueKey.asText(actual) : ValueKey.of(actual);
            return key.equals(value);
        }
    }
}
