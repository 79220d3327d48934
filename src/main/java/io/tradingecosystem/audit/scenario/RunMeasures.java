package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.expectations.Measure;
import io.tradingecosystem.audit.scenario.runs.Measured;
import io.tradingecosystem.audit.scenario.runs.RunState;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.math.BigDecimal;
import java.util.Optional;

/** Measures events of runs; the values that are told apart are on disk. For one thread. */
final class RunMeasures {
    private static final byte[] THERE = {1};

    private final StoreTransaction transaction;

    RunMeasures(StoreTransaction transaction) {
        this.transaction = transaction;
    }

    /** Adds an event that fits a measure to what was measured of its run. */
    void add(RunState state, Measuring by, AuditEvent event) {
        Measured before = state.measured(by.number());
        Measured after =
                switch (by.measure().of()) {
                    case RATE -> before.plusEvent();
                    case SUM -> before.plus(decimal(by.measure(), event));
                    case DISTINCT -> distinct(state, by, event, before);
                };
        state.measured(by.number(), after);
    }

    private Measured distinct(RunState state, Measuring by, AuditEvent event, Measured before) {
        Optional<String> value = EventName.of(by.measure().attribute()).key(event);
        if (value.isEmpty()) {
            return before.plusUnreadable();
        }
        Measured after = before.plusEvent();
        byte[] key = VerdictKeys.distinct(state.verdictId(), by.number(), value.get());
        if (after.more() || transaction.bytes(key).isPresent()) {
            return after;
        }
        transaction.put(key, THERE);
        return after.plusValue();
    }

    private static Optional<String> decimal(Measure measure, AuditEvent event) {
        return EventName.of(measure.attribute()).of(event).flatMap(RunMeasures::decimal);
    }

    private static Optional<String> decimal(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> Optional.of(text.value());
            case AttributeValue.Whole whole -> Optional.of(Long.toString(whole.value()));
            case AttributeValue.Real real -> decimal(real.value());
            case AttributeValue.Empty none -> Optional.empty();
            case AttributeValue.Flag flag -> Optional.empty();
            case AttributeValue.Bytes bytes -> Optional.empty();
            case AttributeValue.Sequence sequence -> Optional.empty();
            case AttributeValue.Mapping mapping -> Optional.empty();
        };
    }

    /** The decimal that is written for a binary number, as everybody reads it. */
    private static Optional<String> decimal(double real) {
        return Double.isFinite(real)
                ? Optional.of(new BigDecimal(Double.toString(real)).toPlainString())
                : Optional.empty();
    }

    /** Forgets what a run has. */
    void remove(String verdictId) {
        byte[] prefix = VerdictKeys.distinct(verdictId);
        transaction.deleteRange(prefix, VerdictKeys.behindAll(prefix));
    }
}
