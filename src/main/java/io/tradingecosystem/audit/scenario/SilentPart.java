package io.tradingecosystem.audit.scenario;

import java.util.Optional;

/**
 * The events of a part of which more may be, as a source was silent.
 *
 * @param events those that were told
 * @param silence why others may not have been, as a clause for people
 */
record SilentPart(PartEvents events, String silence) implements WrappedPart {
    @Override
    public Optional<String> leftOut() {
        return Optional.of(silence);
    }
}
