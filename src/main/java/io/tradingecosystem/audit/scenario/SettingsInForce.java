package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.DecisionsInForce;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

/**
 * By what is judged: by what the log said last, and where it says nothing by the program's own. For
 * the one thread that judges.
 */
final class SettingsInForce {
    private final DecisionsInForce decisions;
    private final VerdictSettings own;
    private VerdictSettings current;

    /**
     * The settings as they were with the last commit.
     *
     * @param own what is in force for as long as the log says nothing else
     */
    SettingsInForce(StoreTransaction transaction, VerdictSettings own) {
        this.decisions = new DecisionsInForce(VerdictSettings.KIND, transaction);
        this.own = own;
        this.current = said();
    }

    private VerdictSettings said() {
        return decisions
                .settings()
                .flatMap(said -> VerdictSettings.read(said, own.tolerances(), own.bounds()))
                .orElse(own);
    }

    /** What the log says of settings and semantics. */
    DecisionsInForce decisions() {
        return decisions;
    }

    /**
     * Takes over what the log says by now.
     *
     * @return whether that is anything new
     */
    boolean refresh() {
        VerdictSettings before = current;
        current = said();
        return !current.equals(before);
    }

    VerdictSettings settings() {
        return current;
    }

    Tolerances tolerances() {
        return current.tolerances();
    }

    VerdictBounds bounds() {
        return current.bounds();
    }
}
