package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.LinkKeys;

/**
 * Over which time rules left out links, because an event has more causes or effects than are kept
 * of it. It is kept by time, as an effect whose causes are all left out has no record. For the one
 * thread that links.
 */
final class LinkCuts {
    private final LinkStoreWriter writer;
    private final MissingStretches stretches;

    /** As it was with the last commit. */
    LinkCuts(LinkStoreWriter writer) {
        this.writer = writer;
        this.stretches = new MissingStretches(writer, LinkKeys.CUT_STRETCHES);
        LinkCounters counters = writer.counters();
        if (!counters.notesCuts && counters.cut > 0) {
            // A version that did not know over which time left these out.
            stretches.add(0, counters.now, writer.position());
        }
        counters.notesCuts = true;
    }

    /** Takes over what a rule left out since it was asked last, for an event that just came. */
    void take(RuleState rule) {
        rule.takeCut().ifPresent(cut -> stretches.add(cut.since(), cut.until(), writer.position()));
    }

    /** Forgets over which time links were left out of events before a position. */
    void drop(long first) {
        stretches.drop(first);
    }

    /** Writes what is to be committed. */
    void write() {
        stretches.write();
    }
}
