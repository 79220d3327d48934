package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.DefinitionsInForce;
import io.tradingecosystem.audit.definition.Dispatch;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventIndex;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules in force, as events of the log define and withdraw them, and those that were in force
 * for events that are still there. For one thread.
 */
final class Rules {
    private static final EventLogger LOG = EventLogger.of(Rules.class);

    private final LinkStoreWriter writer;
    private CorrelationWindow window;
    private LinkBounds bounds;
    private final DefinitionsInForce<Rule> inForce = new DefinitionsInForce<>();
    private final Map<String, RuleState> states = new HashMap<>();
    private Dispatch<RuleSide> dispatch = Dispatch.of(List.of(), RuleSide::pattern);
    private boolean redefined;

    /** The rules as they were with the last commit. */
    Rules(LinkStoreWriter writer, CorrelationWindow window, LinkBounds bounds) {
        this.writer = writer;
        this.window = window;
        this.bounds = bounds;
        writer.scan(
                'x',
                (key, value) -> {
                    recall((int) LinkKeys.number(key), new ByteReader(value));
                    return true;
                });
        writer.scan(
                'w',
                (key, value) -> {
                    inForce.withdraw(LinkKeys.text(key), new ByteReader(value).text());
                    return true;
                });
    }

    /** Goes on with the same rules, but with another window that has no events yet. */
    void rebound(CorrelationWindow newWindow, LinkBounds newBounds) {
        window = newWindow;
        bounds = newBounds;
        states.replaceAll((name, old) -> new RuleState(old.number(), old.definition(), newBounds));
        states.values().forEach(state -> newWindow.rules().put(state.number(), state));
        redefined = true;
    }

    /** The rules in force. */
    DefinitionsInForce<Rule> inForce() {
        return inForce;
    }

    /** The rules that are in force, and those that were for events from a position on. */
    List<Definition<Rule>> inForceSince(long first) {
        List<Definition<Rule>> rules = new ArrayList<>(inForce.all());
        writer.scan(
                'y',
                (key, value) -> {
                    ByteReader in = new ByteReader(value);
                    if (in.number() >= first) {
                        read(in.text(), in.text()).ifPresent(rules::add);
                    }
                    return true;
                });
        return rules;
    }

    /** The sides of rules that an event may fit, older rules first. */
    List<RuleSide> sides(AuditEvent event) {
        // Rules change in bursts, and are sorted when the burst is over.
        if (redefined) {
            List<RuleSide> sides =
                    states.values().stream()
                            .sorted(Comparator.comparingInt(RuleState::number))
                            .flatMap(rule -> Stream.of(rule.side(true), rule.side(false)))
                            .toList();
            dispatch = Dispatch.of(sides, RuleSide::pattern);
            redefined = false;
        }
        return dispatch.to(event);
    }

    /** Takes in an event about a rule. */
    void define(AuditEvent event) {
        if (LinkEvents.RULES.isWithdrawal(event)) {
            withdraw(LinkEvents.RULES.name(event), event.id());
            return;
        }
        try {
            put(LinkEvents.RULES.definition(event));
        } catch (InvalidDefinitionException e) {
            writer.counters().refused++;
            refused(event.id(), e);
        }
    }

    private static void refused(String eventId, InvalidDefinitionException e) {
        LOG.warn("rule.refused", "event", eventId, "reason", e.problems());
    }

    /** A rule that an earlier version put in force and this one cannot understand ends here. */
    private void recall(int number, ByteReader in) {
        String eventId = in.text();
        String text = in.text();
        read(eventId, text)
                .ifPresentOrElse(
                        definition -> add(number, definition),
                        () -> {
                            writer.counters().refused++;
                            retire(number, eventId, text);
                        });
    }

    private void put(Definition<Rule> definition) {
        retire(definition.name());
        writer.delete(LinkKeys.withdrawn(definition.name()));
        int number = Math.toIntExact(++writer.counters().rules);
        add(number, definition);
        writer.put(
                LinkKeys.rule(number),
                new ByteWriter(512).text(definition.eventId()).text(definition.text()).bytes());
    }

    private void withdraw(String name, String eventId) {
        retire(name);
        inForce.withdraw(name, eventId);
        writer.put(LinkKeys.withdrawn(name), new ByteWriter(64).text(eventId).bytes());
    }

    /** Withdraws what somebody put in force in our words while doors took them. */
    void withdrawPretended(EventIndex index) {
        for (Definition<Rule> each : List.copyOf(inForce.all())) {
            index.byId(each.eventId())
                    .filter(AuditEvent::isPretended)
                    .ifPresent(event -> withdraw(each.name(), event.id()));
        }
    }

    /** Takes over a rule whose event is no longer in the log. */
    void inherit(Definition<Rule> definition) {
        add(Math.toIntExact(++writer.counters().rules), definition);
    }

    /** Drops the rules that were in force for no event from a position on. */
    void drop(long first) {
        writer.scan(
                'y',
                (key, value) -> {
                    if (new ByteReader(value).number() < first) {
                        writer.delete(key);
                    }
                    return true;
                });
    }

    private static Optional<Definition<Rule>> read(String eventId, String text) {
        try {
            return Optional.of(
                    RuleReader.KIND
                            .readRecorded(eventId, text, Definition.FILE)
                            .inForceBy(eventId));
        } catch (InvalidDefinitionException e) {
            refused(eventId, e);
            return Optional.empty();
        }
    }

    private void add(int number, Definition<Rule> definition) {
        RuleState state = new RuleState(number, definition, bounds);
        inForce.put(definition);
        states.put(definition.name(), state);
        window.rules().put(number, state);
        redefined = true;
    }

    /** Keeps on record that a rule was in force up to here. */
    private void retire(String name) {
        RuleState gone = states.remove(name);
        if (gone != null) {
            redefined = true;
            window.forget(gone);
            retire(gone.number(), gone.definition().eventId(), gone.definition().text());
        }
    }

    private void retire(int number, String eventId, String text) {
        writer.delete(LinkKeys.rule(number));
        writer.put(
                LinkKeys.past(number),
                new ByteWriter(512).number(writer.position()).text(eventId).text(text).bytes());
    }
}
