package io.tradingecosystem.audit.comparison;

import java.util.List;
import java.util.Optional;

/**
 * Which services changed, that which changed most first.
 *
 * @param mostLikely the service that is most likely at fault; empty where nobody can tell
 * @param reason why it is, or why nobody can tell
 * @param margin by how much the score of the first is over that of the second
 * @param quietMargin by how much it is between runs that both are quiet, at most
 * @param quiet how that was measured
 * @param suspects every service that a signal has
 */
public record Ranking(
        Optional<String> mostLikely,
        String reason,
        double margin,
        double quietMargin,
        Quiet quiet,
        List<Suspect> suspects) {

    public Ranking {
        suspects = List.copyOf(suspects);
    }

    /** How it is known how far two quiet runs are apart. */
    public enum Quiet {
        /** Each of several baselines was compared with the others. */
        BASELINES,
        /** One half of the baseline's traces was compared with the other. */
        HALVES,
        /** The baseline has too few traces, and there is no other. */
        UNKNOWN
    }

    /**
     * A service that changed.
     *
     * @param service its name
     * @param score the sum of what its places count
     * @param evidence what changed, by signal
     */
    public record Suspect(String service, double score, List<Evidence> evidence) {
        public Suspect {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * That a service changed.
     *
     * @param signal in what
     * @param place which place it has among the services that changed in this, from 1
     * @param sentence what changed most, for people
     */
    public record Evidence(Signal signal, int place, String sentence) {}
}
