package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.definition.SourceNode.Place;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be said about one document: each note with the document, line, column, the definition
 * and the path of the key. For one thread.
 */
final class Notes {
    private final String source;
    private final boolean strict;
    private final List<String> problems;
    private final List<Place> places = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * No notes.
     *
     * @param source the document's name, such as a file
     * @param strict whether it is new; of what the log has, nobody wants to know the line
     * @param problems where problems are noted
     */
    Notes(String source, boolean strict, List<String> problems) {
        this.source = source;
        this.problems = problems;
        this.strict = strict;
    }

    boolean isStrict() {
        return strict;
    }

    String source() {
        return source;
    }

    List<String> problems() {
        return problems;
    }

    /** What is allowed, but hardly meant, since it was last taken. */
    List<String> takeWarnings() {
        List<String> taken = List.copyOf(warnings);
        warnings.clear();
        return taken;
    }

    /** Notes a problem of a place; {@code subject} names the definition and key. */
    void problem(Place place, String subject, String what, String allowed) {
        problem(place, "%s %s; allowed is %s".formatted(subject, what, allowed));
    }

    /** Notes a problem behind those that stand before it in the document. */
    void problem(Place place, String sentence) {
        int behind = places.size();
        while (behind > 0 && place.isBefore(places.get(behind - 1))) {
            behind--;
        }
        problems.add(
                problems.size() - places.size() + behind,
                "%s:%s: %s".formatted(source, place, sentence));
        places.add(behind, place);
    }

    void warning(Place place, String subject, String what) {
        String sentence = subject + " " + what;
        warnings.add(strict ? "%s:%s: %s".formatted(source, place, sentence) : sentence);
    }
}
