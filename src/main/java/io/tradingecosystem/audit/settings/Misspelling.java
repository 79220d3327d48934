package io.tradingecosystem.audit.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A name in the environment that sets nothing, and is nearly one that does. Names of others, such
 * as {@code SERVER_SOFTWARE}, are none.
 *
 * @param name the name in the environment
 * @param nearest the name that was meant, perhaps
 */
public record Misspelling(String name, String nearest) {
    private static final int MOST = 2;
    private static final int LETTERS_PER_MISTAKE = 3;

    /** All in an environment, in order. */
    static List<Misspelling> in(Map<String, String> environment, Collection<String> keys) {
        Collection<String> names =
                Stream.of(
                                keys.stream().map(EcosystemNames::variable),
                                EcosystemNames.BY_KEY.values().stream(),
                                SecretFiles.fileNames())
                        .flatMap(each -> each)
                        .collect(Collectors.toCollection(TreeSet::new));
        Collection<String> sections =
                keys.stream()
                        .map(key -> EcosystemNames.variable(key.split("\\.", 2)[0]) + "_")
                        .collect(Collectors.toSet());
        return environment.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .flatMap(name -> of(name, names, sections).stream())
                .toList();
    }

    private static Optional<Misspelling> of(
            String name, Collection<String> names, Collection<String> sections) {
        return sections.stream()
                .filter(name::startsWith)
                .max(Comparator.comparingInt(String::length))
                .flatMap(section -> nearest(name, section, names))
                .map(nearest -> new Misspelling(name, nearest));
    }

    private static Optional<String> nearest(String name, String section, Collection<String> names) {
        int allowed = Math.min(MOST, (name.length() - section.length()) / LETTERS_PER_MISTAKE);
        return names.stream()
                .filter(known -> known.startsWith(section))
                .filter(known -> mistakes(name, known) <= allowed)
                .min(Comparator.comparingInt(known -> mistakes(name, known)));
    }

    /** Letters added, left out, changed or swapped with the next; underscores do not count. */
    private static int mistakes(String name, String known) {
        String a = name.replace("_", "");
        String b = known.replace("_", "");
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, a, b, i, j);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int step(int[][] distance, String a, String b, int i, int j) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
                Math.min(
                        distance[i - 1][j - 1] + same,
                        Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
    }
}
