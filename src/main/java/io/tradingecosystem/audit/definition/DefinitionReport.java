package io.tradingecosystem.audit.definition;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is to be said about a folder of definitions, a sentence each with the place. Immutable.
 *
 * @param count how many definitions there are; 0 where there are problems
 * @param setAside what is wrong with files that have none, while the others hold
 * @param problems why none holds
 * @param warnings what is allowed, but hardly meant
 */
public record DefinitionReport(
        int count, List<String> setAside, List<String> problems, List<String> warnings) {
    public DefinitionReport {
        setAside = List.copyOf(setAside);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** The report of a folder, where {@code warnings} gives those of one definition. */
    public static <T extends Defined> DefinitionReport of(
            DefinitionSource<T> source, Function<Definition<T>, List<String>> warnings) {
        try {
            List<Definition<T>> read = source.read();
            List<String> doubts =
                    read.stream().flatMap(each -> warnings.apply(each).stream()).toList();
            return new DefinitionReport(read.size(), source.setAside(), List.of(), doubts);
        } catch (InvalidDefinitionException e) {
            int aside = source.setAside().size();
            return new DefinitionReport(
                    0,
                    source.setAside(),
                    e.problems().subList(aside, e.problems().size()),
                    List.of());
        }
    }

    /** What is wrong, first the files that are set aside. */
    public List<String> faults() {
        return Stream.concat(setAside.stream(), problems.stream()).toList();
    }

    /** What may be told while the definitions hold. */
    public List<String> remarks() {
        return Stream.concat(setAside.stream(), warnings.stream()).toList();
    }
}
