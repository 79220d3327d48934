package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the rules that an event may matter to, by its type; only those are looked at closer. Rules
 * whose types have wildcards are looked at for every event. Immutable.
 */
final class Dispatch {
    private final Map<String, List<Side>> byType;
    private final List<Side> anyType;

    private Dispatch(Map<String, List<Side>> byType, List<Side> anyType) {
        this.byType = byType;
        this.anyType = anyType;
    }

    /** One side of a rule. */
    record Side(RuleState rule, boolean cause) {
        /** The hash of what both sides must share, if the event fits this side and has it. */
        OptionalLong join(AuditEvent event) {
            EventPattern pattern = cause ? rule.rule().trigger() : rule.rule().effect();
            if (!pattern.matches(event)) {
                return OptionalLong.empty();
            }
            long hash = Hash.SEED;
            for (JoinKey key : rule.rule().join()) {
                Optional<String> value = cause ? key.ofCause(event) : key.ofEffect(event);
                if (value.isEmpty()) {
                    return OptionalLong.empty();
                }
                hash = Hash.add(hash, value.get());
            }
            return OptionalLong.of(hash);
        }
    }

    static Dispatch of(Collection<RuleState> rules) {
        Map<String, List<Side>> byType = new HashMap<>();
        List<Side> anyType = new ArrayList<>();
        rules.stream()
                .sorted(Comparator.comparingInt(RuleState::number))
                .forEach(
                        rule -> {
                            for (boolean cause : new boolean[] {true, false}) {
                                Side side = new Side(rule, cause);
                                EventPattern pattern =
                                        cause ? rule.rule().trigger() : rule.rule().effect();
                                List<Optional<String>> types =
                                        pattern.types().stream()
                                                .map(Glob::literal)
                                                .distinct()
                                                .toList();
                                if (types.isEmpty() || types.stream().anyMatch(Optional::isEmpty)) {
                                    anyType.add(side);
                                    continue;
                                }
                                for (Optional<String> type : types) {
                                    byType.computeIfAbsent(
                                                    type.orElseThrow(), t -> new ArrayList<>())
                                            .add(side);
                                }
                            }
                        });
        return new Dispatch(byType, anyType);
    }

    List<Side> byType(String type) {
        return byType.getOrDefault(type, List.of());
    }

    List<Side> anyType() {
        return anyType;
    }
}
