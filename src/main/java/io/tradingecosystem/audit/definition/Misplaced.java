package io.tradingecosystem.audit.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** Documents that have no definition of the kind that is looked for, such as an empty file. */
final class Misplaced {
    /** The members by which a document of a kind is known. */
    private static final Map<String, Set<String>> MEMBERS =
            Map.of(
                    "rule", Set.of("rules", "trigger", "effect"),
                    "expectation", Set.of("expectations", "when", "expect", "never"));

    private Misplaced() {}

    /**
     * Refuses a document that says nothing about a kind.
     *
     * @throws InvalidDefinitionException which is set aside, if it is empty or of another kind
     */
    static void refuse(String source, String noun, SourceNode root) {
        String list = noun + "s";
        String allowed = "; allowed is a mapping that is one %s, or has a list %s";
        if (isEmpty(root) || (isEmpty(root.member(list)) && root.members().containsKey(list))) {
            throw InvalidDefinitionException.settingAside(
                    "%s:%s: has no %s".formatted(source, root.place(), noun)
                            + allowed.formatted(noun, list));
        }
        for (String other : MEMBERS.keySet()) {
            if (!other.equals(noun) && has(root, other) && !has(root, noun)) {
                throw InvalidDefinitionException.settingAside(
                        "%s:%s: is about %ss, which are not looked for here"
                                        .formatted(source, root.place(), other)
                                + allowed.formatted(noun, list));
            }
        }
    }

    /**
     * Whether most documents of a folder look like definitions of a kind; where it is as many of
     * each kind, all may be.
     */
    static boolean isMeant(String noun, Map<String, String> texts) {
        long own = texts.values().stream().filter(text -> isOf(noun, text)).count();
        return MEMBERS.keySet().stream()
                .filter(other -> !other.equals(noun))
                .allMatch(
                        other ->
                                texts.values().stream().filter(text -> isOf(other, text)).count()
                                        <= own);
    }

    private static boolean isOf(String noun, String text) {
        Notes unheard = new Notes("", false, new ArrayList<>());
        return has(new DefinitionText("", text).read(unheard), noun);
    }

    private static boolean isEmpty(SourceNode node) {
        return node.isMissing() || node.value().isNull();
    }

    /** Whether a document looks like one of a kind. */
    static boolean has(SourceNode root, String noun) {
        Set<String> members = MEMBERS.getOrDefault(noun, Set.of());
        return !Collections.disjoint(root.members().keySet(), members);
    }
}
