package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord.Standing;
import io.tradingecosystem.audit.store.Projection;

import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * That verdicts were made, or became final, one behind the other: which version of which. The key
 * has the place of the last. Up to format 2 there was one in a record, and up to semantics 1 it was
 * the verdict itself, as JSON.
 */
public final class MadeRecord {
    private static final int FORMAT = 3;
    private static final int SINGLE = 2;
    private static final int ID_BYTES = 16;

    private MadeRecord() {}

    /**
     * What was made.
     *
     * @param verdictId which verdict
     * @param standing its version, and whether it is final
     */
    public record Entry(String verdictId, Standing standing) {}

    /** A record of at least one. */
    public static byte[] of(List<Entry> entries) {
        ByteWriter out = new ByteWriter(entries.size() * (ID_BYTES + 2) + 4).octet(FORMAT);
        out.count(entries.size());
        for (Entry entry : entries) {
            out.octets(VerdictKeys.octets(entry.verdictId()));
            out.count(entry.standing().version()).octet(entry.standing().isFinal() ? 1 : 0);
        }
        return out.bytes();
    }

    /**
     * Tells the verdicts as they were made, with their places, in order, from behind a place on;
     * those that are not kept any more are left out.
     *
     * @param last the place of the last in the record
     */
    static void read(
            long last,
            byte[] made,
            long behind,
            Projection projection,
            ObjLongConsumer<Verdict> out) {
        ByteReader in = new ByteReader(made);
        int format = in.octet();
        if (format != FORMAT && format != SINGLE) {
            out.accept(VerdictJson.read(JsonRecord.read(made)), last);
            return;
        }
        int count = format == FORMAT ? in.count() : 1;
        for (long place = last - count + 1; place <= last; place++) {
            String id = VerdictKeys.verdictId(in.octets(ID_BYTES));
            int version = in.count();
            boolean isFinal = in.octet() == 1;
            Optional<Verdict> verdict =
                    place > behind ? verdict(id, version, projection) : Optional.empty();
            if (verdict.isPresent()) {
                out.accept(verdict.get().asFinal(isFinal), place);
            }
        }
    }

    /** The window is asked first: what it has no more is with the older versions by then. */
    private static Optional<Verdict> verdict(String id, int version, Projection projection) {
        Optional<byte[]> window = projection.get(VerdictKeys.window(id));
        return window.filter(bytes -> isLast(bytes, version))
                .map(WindowRecord::verdict)
                .or(() -> projection.get(VerdictKeys.version(id, version)))
                .map(bytes -> VerdictCodec.read(id, bytes));
    }

    private static boolean isLast(byte[] window, int version) {
        return !WindowRecord.isApart(window) && WindowRecord.standing(window).version() == version;
    }
}
