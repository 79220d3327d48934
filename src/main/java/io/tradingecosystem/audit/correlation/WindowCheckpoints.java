package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.PendingCodec.Stored;
import io.tradingecosystem.audit.correlation.links.LinkKeys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sheets that are being written, one for each time for which events are held. */
final class WindowCheckpoints {
    private static final int EXPECTED = 1_024;

    private final LinkStoreWriter ledger;
    private final Map<Long, Draft> drafts = new HashMap<>();

    WindowCheckpoints(LinkStoreWriter ledger) {
        this.ledger = ledger;
    }

    private record Draft(WindowCheckpoint sheet, ByteWriter out) {}

    /** What was written, in the order of the log. */
    List<Stored> read() {
        List<Stored> events = new ArrayList<>();
        ledger.scan(
                LinkKeys.SHEETS,
                (key, value) ->
                        events.addAll(
                                PendingCodec.read(
                                        new WindowCheckpoint(LinkKeys.number(key), true), value)));
        events.sort(Comparator.comparingLong(each -> each.event().position()));
        return events;
    }

    /**
     * Puts an event on a sheet that is written with the next commit.
     *
     * @param hold how long it is remembered at most
     */
    void add(PendingEvent event, long hold) {
        Draft draft =
                drafts.computeIfAbsent(
                        hold,
                        h ->
                                new Draft(
                                        new WindowCheckpoint(event.position(), false),
                                        new ByteWriter(EXPECTED)));
        draft.sheet().add(event);
        PendingCodec.write(event, draft.out());
    }

    void forget(PendingEvent event) {
        WindowCheckpoint sheet = event.sheet();
        if (sheet != null && sheet.forget()) {
            ledger.delete(LinkKeys.sheet(sheet.number()));
        }
    }

    /** Writes the sheets of which something is still remembered. */
    void write() {
        for (Draft draft : drafts.values()) {
            if (draft.sheet().left() > 0) {
                ledger.put(LinkKeys.sheet(draft.sheet().number()), draft.out().bytes());
                draft.sheet().written();
            }
        }
        drafts.clear();
    }
}
