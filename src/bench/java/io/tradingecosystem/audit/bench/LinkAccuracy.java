package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.bench.ChaosLoad.Happened;
import io.tradingecosystem.audit.bench.ChaosLoad.Load;
import io.tradingecosystem.audit.correlation.OfflineLinks;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.matching.ClockSkew;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How often links are right: the links that rules find in made-up runs, as far as they are more
 * likely true than not, against the truth.
 *
 * <p>With keys, a rule joins by the run's id. Without, it has times only, and says which delay is
 * typical; of several causes that compete for an effect, none may be likely enough.
 *
 * @param load of what
 * @param right links that are true
 * @param wrong links that are not
 * @param missed causes that were not found, of effects that arrived
 */
record LinkAccuracy(Load load, int right, int wrong, int missed) {
    /** What is typical is known from experience, here the median of {@link ChaosLoad}'s delays. */
    private static final String TIMES_ONLY = "typical: 3s, min-confidence: 0.22";

    private static final String JOINED = "join: [scenario_id], min-confidence: 0.5";

    static LinkAccuracy measure(Load load) throws IOException {
        Happened happened = ChaosLoad.happen(load);
        Path folder = Files.createTempDirectory("rules");
        Path file = Files.writeString(folder.resolve("all.yaml"), rules(load.keys()));
        try {
            // Two clocks that are wrong by up to skew differ by up to twice that.
            LinkBounds bounds =
                    new LinkBounds(
                            Duration.ofSeconds(5),
                            ClockSkew.of(load.skew().multipliedBy(2)),
                            LinkBounds.DEFAULT.maxRemembered(),
                            LinkBounds.DEFAULT.maxCauses(),
                            LinkBounds.DEFAULT.maxEffects());
            return compare(
                    load,
                    happened,
                    OfflineLinks.of(happened.events(), Optional.of(folder), bounds));
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    private static LinkAccuracy compare(Load load, Happened happened, List<Link> links) {
        Set<String> effects = new HashSet<>(happened.caused().keySet());
        int right = 0;
        for (Link link : links) {
            if (link.causeId().equals(happened.caused().get(link.effectId()))) {
                right++;
                effects.remove(link.effectId());
            }
        }
        return new LinkAccuracy(load, right, links.size() - right, effects.size());
    }

    private static String rules(boolean keys) {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (int kind = 0; kind < ChaosLoad.KINDS; kind++) {
            yaml.append(
                    ("  - {name: kind-%d, trigger: {type: chaos.injected.%d}, effect: {type:"
                                    + " risk.alert.%d}, within: 45s, %s}\n")
                            .formatted(kind, kind, kind, keys ? JOINED : TIMES_ONLY));
        }
        return yaml.toString();
    }

    double precision() {
        return (double) right / Math.max(1, right + wrong);
    }

    double recall() {
        return (double) right / Math.max(1, right + missed);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-10s %7.0f  %7d  %9.4f  %6.4f",
                load.keys() ? "joined" : "times only",
                load.concurrent(),
                load.skew().toMillis(),
                precision(),
                recall());
    }
}
