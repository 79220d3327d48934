package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.comparison.Ranking.Evidence;
import io.tradingecosystem.audit.comparison.Ranking.Suspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one ranking of several by reciprocal ranks (Cormack, Clarke and Büttcher, SIGIR 2009): a
 * place counts 1/(k + place). Their k of 60 is for hundreds of places; here a signal has a few, of
 * which the first is worth more.
 */
final class Fusion {
    private static final double K = 1;

    private Fusion() {}

    /** The services by their score, of equal ones by name. */
    static List<Suspect> of(Map<Signal, Map<String, Change>> changes) {
        Map<String, List<Evidence>> evidence = new TreeMap<>();
        changes.forEach((signal, of) -> places(signal, of, evidence));
        List<Suspect> suspects = new ArrayList<>();
        evidence.forEach((service, of) -> suspects.add(new Suspect(service, score(of), of)));
        suspects.sort(
                Comparator.comparingDouble(Suspect::score)
                        .reversed()
                        .thenComparing(Suspect::service));
        return suspects;
    }

    private static void places(
            Signal signal, Map<String, Change> changes, Map<String, List<Evidence>> evidence) {
        List<Map.Entry<String, Change>> ordered = new ArrayList<>(changes.entrySet());
        ordered.sort(
                Comparator.comparingDouble(
                                (Map.Entry<String, Change> each) -> each.getValue().size())
                        .reversed()
                        .thenComparing(Map.Entry::getKey));
        int place = 0;
        double before = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ordered.size(); i++) {
            Change change = ordered.get(i).getValue();
            // Equal changes share a place: a name decides nothing.
            place = change.size() < before ? i + 1 : place;
            before = change.size();
            evidence.computeIfAbsent(ordered.get(i).getKey(), service -> new ArrayList<>())
                    .add(new Evidence(signal, place, change.evidence()));
        }
    }

    private static double score(List<Evidence> evidence) {
        double score = 0;
        for (Evidence each : evidence) {
            score += each.signal().weight() / (K + each.place());
        }
        return score;
    }
}
