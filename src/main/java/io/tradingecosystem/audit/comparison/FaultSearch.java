package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.comparison.Ranking.Quiet;
import io.tradingecosystem.audit.comparison.Ranking.Suspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which service is most likely at fault. Nobody can tell where the first two of the ranking differ
 * by no more than they do between quiet runs: several baselines, each against the others, or the
 * halves of one.
 */
final class FaultSearch {
    /** So many traces of a baseline make two halves of which each says something. */
    static final int MIN_TRACES = 8;

    private FaultSearch() {}

    static Ranking of(Sample run, List<Sample> baselines) {
        List<Suspect> suspects = Fusion.of(Changes.of(run, Sample.together(baselines)));
        double margin = margin(suspects);
        Quiet quiet = quiet(baselines);
        double quietMargin = quietMargin(quiet, baselines);
        boolean tells = margin > quietMargin;
        return new Ranking(
                tells ? Optional.of(suspects.getFirst().service()) : Optional.empty(),
                reason(suspects, margin, quietMargin, tells),
                margin,
                quietMargin,
                quiet,
                suspects);
    }

    private static String reason(
            List<Suspect> suspects, double margin, double quietMargin, boolean tells) {
        if (suspects.isEmpty()) {
            return "no service changed";
        }
        String first = suspects.getFirst().service();
        String quiet = String.format(Locale.ROOT, "quiet runs by up to %.2f", quietMargin);
        if (suspects.size() == 1) {
            return String.format(
                    Locale.ROOT,
                    tells ? "%s alone changed, by %.2f, %s" : "%s alone changed, by %.2f only, %s",
                    first,
                    margin,
                    quiet);
        }
        return String.format(
                Locale.ROOT,
                tells
                        ? "%s changed most: it is ahead of %s by %.2f, %s"
                        : "%s is ahead of %s by %.2f only, %s",
                first,
                suspects.get(1).service(),
                margin,
                quiet);
    }

    private static double margin(List<Suspect> suspects) {
        if (suspects.isEmpty()) {
            return 0;
        }
        double second = suspects.size() < 2 ? 0 : suspects.get(1).score();
        return suspects.getFirst().score() - second;
    }

    private static Quiet quiet(List<Sample> baselines) {
        if (baselines.size() > 1) {
            return Quiet.BASELINES;
        }
        return baselines.getFirst().traces() >= MIN_TRACES ? Quiet.HALVES : Quiet.UNKNOWN;
    }

    private static double quietMargin(Quiet quiet, List<Sample> baselines) {
        return switch (quiet) {
            case UNKNOWN -> 0;
            case HALVES -> {
                Sample one = baselines.getFirst().half(0);
                Sample other = baselines.getFirst().half(1);
                yield Math.max(margin(one, other), margin(other, one));
            }
            case BASELINES -> {
                double margin = 0;
                for (Sample each : baselines) {
                    List<Sample> others = new ArrayList<>(baselines);
                    others.remove(each);
                    margin = Math.max(margin, margin(each, Sample.together(others)));
                }
                yield margin;
            }
        };
    }

    private static double margin(Sample run, Sample baseline) {
        return margin(Fusion.of(Changes.of(run, baseline)));
    }
}
