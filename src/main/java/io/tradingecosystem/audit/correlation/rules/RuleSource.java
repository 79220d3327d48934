package io.tradingecosystem.audit.correlation.rules;

import io.tradingecosystem.audit.definition.DefinitionFolder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a folder, or the shipped ones where there is no folder. Files that did not change
 * are not read again. For one thread at a time.
 */
public final class RuleSource {
    private static final int MAX_RULES = 1_000;

    private final DefinitionFolder folder;
    private List<RuleDefinition> last = List.of();
    private String lastPrint = "";

    public RuleSource(Optional<Path> folder) {
        this.folder = new DefinitionFolder(folder, "/rules/");
    }

    /**
     * Reads all rules.
     *
     * @throws InvalidRuleException naming every problem of every file
     */
    public List<RuleDefinition> read() {
        String print = fingerprint();
        if (!print.equals(lastPrint)) {
            last = List.copyOf(readAll());
            lastPrint = print;
        }
        return last;
    }

    private List<RuleDefinition> readAll() {
        List<RuleDefinition> definitions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        folder.texts(problems)
                .forEach((source, text) -> read(source, text, definitions, places, problems));
        if (definitions.size() > MAX_RULES) {
            problems.add("there are " + definitions.size() + " rules; allowed are " + MAX_RULES);
        }
        if (!problems.isEmpty()) {
            throw new InvalidRuleException(problems);
        }
        return definitions;
    }

    /** Changes whenever a file of the folder does. */
    public String fingerprint() {
        return folder.fingerprint();
    }

    private static void read(
            String source,
            String text,
            List<RuleDefinition> definitions,
            Map<String, String> places,
            List<String> problems) {
        try {
            for (RuleDefinition each : RuleReader.read(source, text)) {
                String name = each.rule().name();
                String other = places.putIfAbsent(name, source);
                if (other != null) {
                    problems.add(source + ": " + name + " is defined in " + other);
                }
                definitions.add(each);
            }
        } catch (InvalidRuleException e) {
            problems.addAll(e.problems());
        }
    }
}
