package io.tradingecosystem.audit.scenario.sources;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A service as a source of evidence. Immutable.
 *
 * @param service its name
 * @param heard what was heard of it; empty if expectations name it, and nothing was
 * @param speaks what expectations in force want it to say
 * @param probed whether it is alive; empty where none asks, and it never was found dead
 */
public record SourceView(
        String service,
        Optional<HeardService> heard,
        List<Speaking> speaks,
        Optional<Probed> probed) {
    public SourceView {
        speaks = List.copyOf(speaks);
    }

    /** Whether an expectation wants it to speak, or to be alive, and it does not, or is not. */
    public boolean isSilent(Instant now) {
        return speaks.stream().anyMatch(each -> each.isSilent(now))
                || probed.filter(each -> each.isDead() && !each.expectations().isEmpty())
                        .isPresent();
    }
}
