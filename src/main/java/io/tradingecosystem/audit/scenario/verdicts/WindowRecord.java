package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.projection.JsonRecord;

import java.util.Optional;

/**
 * What is kept of an occurrence: a head that only the referee reads, and the verdict as JSON, which
 * is what is asked for. Up to semantics 1 the whole was JSON.
 */
public final class WindowRecord {
    private static final int FORMAT = 2;

    private WindowRecord() {}

    public static byte[] of(byte[] head, byte[] verdict) {
        return new ByteWriter(head.length + verdict.length + 8)
                .octet(FORMAT)
                .count(head.length)
                .octets(head)
                .octets(verdict)
                .bytes();
    }

    /** What the referee alone reads; empty if the record is of semantics 1. */
    public static Optional<ByteReader> head(byte[] window) {
        ByteReader in = new ByteReader(window);
        return in.octet() == FORMAT
                ? Optional.of(new ByteReader(in.octets(in.count())))
                : Optional.empty();
    }

    /** The verdict as it stands. */
    public static Verdict verdict(byte[] window) {
        ByteReader in = new ByteReader(window);
        if (in.octet() != FORMAT) {
            return VerdictJson.read(JsonRecord.read(window).required("verdict"));
        }
        in.octets(in.count());
        return VerdictJson.read(JsonRecord.read(in.rest()));
    }
}
