package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord.Standing;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
     * The verdicts as they were made, in their order, behind a place; those that are not kept any
     * more are left out.
     *
     * @param last the place of the last in the record
     */
    static List<Made> read(long last, byte[] made, long behind, Projection projection) {
        ByteReader in = new ByteReader(made);
        int format = in.octet();
        if (format != FORMAT && format != SINGLE) {
            return List.of(new Made(last, VerdictJson.read(JsonRecord.read(made))));
        }
        List<Made> read = new ArrayList<>();
        int count = format == FORMAT ? in.count() : 1;
        for (long sequence = last - count + 1; sequence <= last; sequence++) {
            String id = VerdictKeys.verdictId(in.octets(ID_BYTES));
            int version = in.count();
            boolean isFinal = in.octet() == 1;
            if (sequence > behind) {
                long place = sequence;
                verdict(id, version, projection)
                        .map(verdict -> new Made(place, verdict.asFinal(isFinal)))
                        .ifPresent(read::add);
            }
        }
        return read;
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
