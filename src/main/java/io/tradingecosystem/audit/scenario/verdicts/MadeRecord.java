package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord.Standing;
import io.tradingecosystem.audit.store.Projection;

import java.util.Optional;

/**
 * That a verdict was made, or became final: which version of which. Up to semantics 1 it was the
 * verdict itself, as JSON.
 */
public final class MadeRecord {
    private static final int FORMAT = 2;
    private static final int ID_BYTES = 16;

    private MadeRecord() {}

    public static byte[] of(String verdictId, Standing standing) {
        return new ByteWriter(24)
                .octet(FORMAT)
                .octets(VerdictKeys.octets(verdictId))
                .count(standing.version())
                .octet(standing.isFinal() ? 1 : 0)
                .bytes();
    }

    /** The verdict as it was made; empty if it is not kept any more. */
    static Optional<Verdict> read(byte[] made, Projection projection) {
        ByteReader in = new ByteReader(made);
        if (in.octet() != FORMAT) {
            return Optional.of(VerdictJson.read(JsonRecord.read(made)));
        }
        String id = VerdictKeys.verdictId(in.octets(ID_BYTES));
        int version = in.count();
        boolean isFinal = in.octet() == 1;
        return projection
                .get(VerdictKeys.version(id, version))
                .map(json -> VerdictJson.read(JsonRecord.read(json)))
                .map(verdict -> verdict.asFinal(isFinal));
    }
}
