package io.tradingecosystem.audit.scenario.expectations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.tradingecosystem.audit.definition.Condition.Side;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.definition.PatternVariables;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.scenario.expectations.PartVariables.Compared;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code let} binds to attributes of the trigger, or of what met an effect, for use as {@code
 * ${name}}. Where a pattern wants one of the trigger it is a key that trigger and event share, so a
 * trigger without the attribute leaves the part uncertain; elsewhere it is looked up in the
 * trigger, or in what met the effect, for what comes after it. An expectation without {@code let}
 * has no variables, and such a text is a text. Immutable.
 *
 * @param names what each is bound to that may be used
 * @param areDeclared whether there are any
 */
record Variables(Map<String, Variable> names, boolean areDeclared) {
    private static final int MAX = 20;
    private static final String TRIGGER = "trigger";
    private static final String ALLOWED =
            "trigger. and the name of an attribute, or the name of an effect instead of trigger";
    private static final String ELSEWHERE =
            "variables as the value of an attribute, or as a number that it is compared with";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");
    private static final Pattern USE = Pattern.compile("\\$\\{([^}]*)}");

    Variables {
        names = Map.copyOf(names);
    }

    static Variables read(DefinitionNode expectation) {
        Map<String, Variable> names = new LinkedHashMap<>();
        List<String> effects = effects(expectation);
        expectation
                .optionalChild("let")
                .ifPresent(
                        let -> {
                            let.names().forEach(name -> names.put(name, bound(let, name, effects)));
                            let.finish();
                        });
        if (names.size() > MAX) {
            expectation.limit("let", "has " + names.size() + " variables", "at most " + MAX);
        }
        return new Variables(names, !names.isEmpty());
    }

    /** The names of effects, the longest first, as one may begin as another does. */
    private static List<String> effects(DefinitionNode expectation) {
        List<String> effects = new ArrayList<>();
        for (JsonNode effect : expectation.tree().path("expect")) {
            effects.add(effect.path("name").asText(""));
        }
        effects.sort(Comparator.comparingInt(String::length).reversed());
        return effects;
    }

    /** Those that may be used in what comes after some effects. */
    Variables behind(List<String> effects) {
        Map<String, Variable> known = new LinkedHashMap<>(names);
        known.values().removeIf(each -> !each.isOfTrigger() && !effects.contains(each.effect()));
        return new Variables(known, areDeclared);
    }

    private static Variable bound(DefinitionNode let, String name, List<String> effects) {
        String value = let.text(name);
        if (!NAME.matcher(name).matches()) {
            let.limit(name, "is no name", "letters, digits, _ and -");
        }
        Optional<String> owner =
                Stream.concat(Stream.of(TRIGGER), effects.stream())
                        .filter(each -> value.startsWith(each + ".") && !value.endsWith("."))
                        .findFirst();
        if (owner.isEmpty()) {
            let.problem(name, "is " + value, ALLOWED);
        }
        String attribute = value.substring(owner.map(each -> each.length() + 1).orElse(0));
        String effect = owner.filter(each -> !each.equals(TRIGGER)).orElse("");
        return new Variable(name, effect, EventName.of(attribute));
    }

    /**
     * A pattern and what it takes from the trigger.
     *
     * @param join what trigger and event share, those of its variables among them
     * @param compared what else it takes from variables
     */
    record Bound(EventPattern pattern, List<JoinKey> join, List<Compared> compared) {}

    /** Reads a pattern with variables. */
    Bound read(DefinitionNode pattern, List<JoinKey> join) {
        List<JoinKey> keys = new ArrayList<>(join);
        List<Compared> compared = new ArrayList<>();
        EventPattern read =
                EventPattern.read(
                        pattern,
                        new PatternVariables() {
                            @Override
                            public boolean isWanted(String name, String text) {
                                used(pattern, "attributes", name, text)
                                        .ifPresent(each -> same(name, each, keys, compared));
                                return isUse(text);
                            }

                            @Override
                            public boolean isCompared(String name, Side side, String text) {
                                EventName attribute = EventName.of(name);
                                used(pattern, "attributes", name, text)
                                        .map(
                                                each ->
                                                        new Compared(
                                                                attribute, Optional.of(side), each))
                                        .ifPresent(compared::add);
                                return isUse(text);
                            }
                        });
        refuseElsewhere(pattern);
        return new Bound(read, keys, compared);
    }

    private static void same(
            String name, Variable variable, List<JoinKey> keys, List<Compared> compared) {
        EventName attribute = EventName.of(name);
        if (variable.isOfTrigger()) {
            keys.add(new JoinKey(variable.attribute(), attribute));
        } else {
            compared.add(new Compared(attribute, Optional.empty(), variable));
        }
    }

    /** A text that is none, as nothing is looked up there; what the log has stays as it is. */
    private void refuseElsewhere(DefinitionNode pattern) {
        Stream.of("service", "type").forEach(name -> refuse(pattern, pattern.tree().path(name)));
        for (JsonNode wanted : pattern.tree().path("attributes")) {
            refuse(pattern, wanted.isArray() ? wanted : MissingNode.getInstance());
            Stream.of("in", "equals", "like").forEach(name -> refuse(pattern, wanted.path(name)));
        }
    }

    private void refuse(DefinitionNode pattern, JsonNode value) {
        if (value.isTextual() && isUse(value.textValue())) {
            pattern.limit("", "has " + value.textValue() + " where nothing is bound", ELSEWHERE);
        }
        value.forEach(each -> refuse(pattern, each));
    }

    /** The variable that a member is, if it is one. */
    Optional<Variable> in(DefinitionNode node, String member) {
        String text = node.has(member) ? node.tree().path(member).asText("") : "";
        return used(node, member, "", text);
    }

    private boolean isUse(String text) {
        return areDeclared && USE.matcher(text).find();
    }

    private Optional<Variable> used(DefinitionNode node, String member, String of, String text) {
        if (!isUse(text)) {
            return Optional.empty();
        }
        Matcher use = USE.matcher(text);
        Variable variable = use.matches() ? names.get(use.group(1)) : null;
        if (variable == null) {
            String what = of.isEmpty() ? "is " + text : of + " is " + text;
            node.problem(member, what, "one variable of " + uses());
        }
        return Optional.ofNullable(variable);
    }

    List<String> uses() {
        return names.keySet().stream().sorted().map(name -> "${" + name + "}").toList();
    }

    /** Reads the pattern of a trigger, where none is bound yet. */
    EventPattern unbound(DefinitionNode pattern) {
        return EventPattern.read(
                pattern,
                new PatternVariables() {
                    @Override
                    public boolean isWanted(String name, String text) {
                        if (isUse(text)) {
                            String what = name + " is " + text;
                            pattern.problem("attributes", what, "a value: none is bound yet");
                        }
                        return isUse(text);
                    }

                    @Override
                    public boolean isCompared(String name, Side side, String text) {
                        return isWanted(name, text);
                    }
                });
    }
}
