package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.EventName;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code let} binds to attributes of the trigger, for use as {@code ${name}} in the attributes
 * of patterns: a condition of that kind is a key that trigger and event share, so a trigger without
 * the attribute leaves the part uncertain. An expectation without {@code let} has no variables, and
 * such a text is a text. Immutable.
 *
 * @param names what each is bound to
 */
record Variables(Map<String, EventName> names) {
    private static final int MAX = 20;
    private static final String TRIGGER = "trigger.";
    private static final String ALLOWED = "trigger. and the name of an attribute";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");
    private static final Pattern USE = Pattern.compile("\\$\\{([^}]*)}");

    Variables {
        names = Map.copyOf(names);
    }

    static Variables read(DefinitionNode expectation) {
        Map<String, EventName> names = new LinkedHashMap<>();
        expectation
                .optionalChild("let")
                .ifPresent(
                        let -> {
                            let.names().forEach(name -> names.put(name, bound(let, name)));
                            let.finish();
                        });
        if (names.size() > MAX) {
            expectation.limit("let", "has " + names.size() + " variables", "at most " + MAX);
        }
        return new Variables(names);
    }

    private static EventName bound(DefinitionNode let, String name) {
        String value = let.text(name);
        if (!NAME.matcher(name).matches()) {
            let.limit(name, "is no name", "letters, digits, _ and -");
        }
        boolean known = value.startsWith(TRIGGER) && value.length() > TRIGGER.length();
        if (!known) {
            let.problem(name, "is " + value, ALLOWED);
        }
        return EventName.of(known ? value.substring(TRIGGER.length()) : value);
    }

    /**
     * A pattern and its keys.
     *
     * @param join what trigger and event share, those of its variables among them
     */
    record Bound(EventPattern pattern, List<JoinKey> join) {}

    /** Reads a pattern with variables. */
    Bound read(DefinitionNode pattern, List<JoinKey> join) {
        List<JoinKey> keys = new ArrayList<>(join);
        EventPattern read =
                EventPattern.read(pattern, (name, text) -> bind(pattern, name, text, keys));
        return new Bound(read, keys);
    }

    private boolean bind(DefinitionNode pattern, String name, String text, List<JoinKey> keys) {
        Matcher use = USE.matcher(text);
        if (names.isEmpty() || !use.find()) {
            return false;
        }
        EventName trigger = use.matches() ? names.get(use.group(1)) : null;
        if (trigger == null) {
            pattern.problem("attributes", name + " is " + text, "one variable of " + uses());
        } else {
            keys.add(new JoinKey(trigger, EventName.of(name)));
        }
        return true;
    }

    private List<String> uses() {
        return names.keySet().stream().sorted().map(name -> "${" + name + "}").toList();
    }

    /** Reads the pattern of a trigger, where none is bound yet. */
    EventPattern unbound(DefinitionNode pattern) {
        return EventPattern.read(
                pattern,
                (name, text) -> {
                    boolean used = !names.isEmpty() && USE.matcher(text).find();
                    if (used) {
                        pattern.problem(
                                "attributes", name + " is " + text, "a value: none is bound yet");
                    }
                    return used;
                });
    }
}
