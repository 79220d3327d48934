package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.rules.InvalidRuleException;
import io.tradingecosystem.audit.correlation.rules.RuleDefinition;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.Dispatch;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rules in force, as events of the log define and withdraw them, and those that were in force
 * for events that are still there. For one thread.
 */
final class Rules {
    private static final EventLogger LOG = EventLogger.of(Rules.class);

    private final LinkStoreWriter writer;
    private final CorrelationWindow window;
    private final LinkBounds bounds;
    private final NavigableMap<String, RuleState> inForce = new TreeMap<>();
    private final Map<String, String> withdrawn = new HashMap<>();
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
                    add((int) LinkKeys.number(key), read(new ByteReader(value)));
                    return true;
                });
        writer.scan(
                'w',
                (key, value) -> {
                    withdrawn.put(LinkKeys.text(key), new ByteReader(value).text());
                    return true;
                });
    }

    /** The rules in force, by name. */
    Collection<RuleDefinition> inForce() {
        return inForce.values().stream().map(RuleState::definition).toList();
    }

    Optional<RuleDefinition> inForce(String name) {
        return Optional.ofNullable(inForce.get(name)).map(RuleState::definition);
    }

    /** The rules that are in force, and those that were for events from a position on. */
    List<RuleDefinition> inForceSince(long first) {
        List<RuleDefinition> rules = new ArrayList<>(inForce());
        writer.scan(
                'y',
                (key, value) -> {
                    ByteReader in = new ByteReader(value);
                    if (in.number() >= first) {
                        rules.add(read(in));
                    }
                    return true;
                });
        return rules;
    }

    /** The last event about a rule with a name; empty if there was none. */
    String lastEvent(String name) {
        return inForce(name).map(RuleDefinition::eventId).orElse(withdrawn.getOrDefault(name, ""));
    }

    /** The sides of rules that an event of a type may fit, older rules first. */
    List<RuleSide> sides(String type) {
        // Rules change in bursts, and are sorted when the burst is over.
        if (redefined) {
            List<RuleSide> sides =
                    inForce.values().stream()
                            .sorted(Comparator.comparingInt(RuleState::number))
                            .flatMap(rule -> Stream.of(rule.side(true), rule.side(false)))
                            .toList();
            dispatch = Dispatch.of(sides, RuleSide::pattern);
            redefined = false;
        }
        return dispatch.to(type);
    }

    /** Takes in an event about a rule. */
    void define(AuditEvent event) {
        String name = LinkEvents.attribute(event, "name");
        if (LinkEvents.isWithdrawal(event)) {
            withdraw(name);
            withdrawn.put(name, event.id());
            writer.put(LinkKeys.withdrawn(name), new ByteWriter(64).text(event.id()).bytes());
            return;
        }
        try {
            RuleDefinition definition = LinkEvents.definition(event);
            withdraw(definition.rule().name());
            withdrawn.remove(definition.rule().name());
            writer.delete(LinkKeys.withdrawn(definition.rule().name()));
            int number = Math.toIntExact(++writer.counters().rules);
            add(number, definition);
            writer.put(
                    LinkKeys.rule(number),
                    new ByteWriter(512).text(event.id()).text(definition.text()).bytes());
        } catch (InvalidRuleException e) {
            writer.counters().refused++;
            LOG.warn("rule.refused", "event", event.id(), "reason", e.problems());
        }
    }

    /** Takes over a rule whose event is no longer in the log. */
    void inherit(RuleDefinition definition) {
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

    private static RuleDefinition read(ByteReader in) {
        String eventId = in.text();
        return RuleReader.readOne(eventId, in.text()).inForceBy(eventId);
    }

    private void add(int number, RuleDefinition definition) {
        RuleState state = new RuleState(number, definition, bounds);
        inForce.put(definition.rule().name(), state);
        window.rules().put(number, state);
        redefined = true;
    }

    private void withdraw(String name) {
        RuleState gone = inForce.remove(name);
        if (gone != null) {
            redefined = true;
            window.forget(gone);
            writer.delete(LinkKeys.rule(gone.number()));
            writer.put(
                    LinkKeys.past(gone.number()),
                    new ByteWriter(512)
                            .number(writer.position())
                            .text(gone.definition().eventId())
                            .text(gone.definition().text())
                            .bytes());
        }
    }
}
