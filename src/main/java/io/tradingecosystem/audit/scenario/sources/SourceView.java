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
 */
public record SourceView(String service, Optional<HeardService> heard, List<Speaking> speaks) {
    public SourceView {
        speaks = List.copyOf(speaks);
    }

    /** Whether an expectation wants it to speak, and it does not. */
    public boolean isSilent(Instant now) {
        return speaks.stream().anyMatch(each -> each.isSilent(now));
    }
}
