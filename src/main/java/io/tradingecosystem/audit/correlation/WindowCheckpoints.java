package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.PendingCodec.StoredPending;
import io.tradingecosystem.audit.correlation.links.LinkKeys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The checkpoints that are being written, one for each time for which events are held. */
final class WindowCheckpoints {
    private static final int EXPECTED = 1_024;

    private final LinkStoreWriter writer;
    private final ClockPool pool;
    private final Map<Long, Draft> drafts = new HashMap<>();

    WindowCheckpoints(LinkStoreWriter writer, ClockPool pool) {
        this.writer = writer;
        this.pool = pool;
    }

    private record Draft(WindowCheckpoint checkpoint, ClockTable clocks, ByteWriter out) {}

    /** What was written, in the order of the log. */
    List<StoredPending> read() {
        List<StoredPending> events = new ArrayList<>();
        writer.scan(
                LinkKeys.CHECKPOINTS,
                (key, value) ->
                        events.addAll(
                                PendingCodec.read(
                                        new WindowCheckpoint(LinkKeys.number(key), true),
                                        value,
                                        pool)));
        events.sort(Comparator.comparingLong(each -> each.event().position()));
        return events;
    }

    /** Drops all that was written, and gives events as they would be read again. */
    List<StoredPending> renew(List<PendingEvent> events) {
        drafts.clear();
        writer.scan(
                LinkKeys.CHECKPOINTS,
                (key, value) -> {
                    writer.delete(key);
                    return true;
                });
        ClockTable clocks = new ClockTable();
        ByteWriter out = new ByteWriter(EXPECTED);
        events.forEach(event -> PendingCodec.write(event, clocks, out));
        return PendingCodec.read(new WindowCheckpoint(0, false), out.bytes(), pool);
    }

    /**
     * Puts an event on a checkpoint that is written with the next commit.
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
                                        new ClockTable(),
                                        new ByteWriter(EXPECTED)));
        draft.checkpoint().add(event);
        PendingCodec.write(event, draft.clocks(), draft.out());
    }

    void forget(PendingEvent event) {
        WindowCheckpoint checkpoint = event.checkpoint();
        if (checkpoint != null && checkpoint.forget()) {
            writer.delete(LinkKeys.checkpoint(checkpoint.number()));
        }
    }

    /** Writes the checkpoints of which something is still remembered. */
    void write() {
        for (Draft draft : drafts.values()) {
            if (draft.checkpoint().left() > 0) {
                writer.put(LinkKeys.checkpoint(draft.checkpoint().number()), draft.out().bytes());
                draft.checkpoint().written();
            }
        }
        drafts.clear();
    }
}
