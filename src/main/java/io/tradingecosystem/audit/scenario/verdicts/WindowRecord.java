package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.projection.JsonRecord;

import java.util.Optional;

/**
 * What is kept of an occurrence: how its verdict stands, a head that only the referee reads, and
 * the last version of the verdict as it was made. Up to format 2 that stood apart but while it was
 * pending, and up to semantics 1 the whole was JSON.
 */
public final class WindowRecord {
    private static final int FORMAT = 3;
    private static final int APART = 2;
    private static final int FINAL = 1;
    private static final int STALE = 2;

    private WindowRecord() {}

    /**
     * How a verdict stands.
     *
     * @param version 0 while pending
     * @param status its status
     * @param isFinal whether it is final
     * @param stale whether something was seen since that it does not tell of
     */
    public record Standing(int version, Verdict.Status status, boolean isFinal, boolean stale) {
        /** How a verdict stands that tells everything. */
        public static Standing of(Verdict verdict) {
            return new Standing(verdict.version(), verdict.status(), verdict.isFinal(), false);
        }
    }

    /**
     * A record.
     *
     * @param verdict as {@link VerdictCodec} wrote it
     */
    public static byte[] of(Standing standing, ByteWriter head, byte[] verdict) {
        ByteWriter out = new ByteWriter(head.size() + verdict.length + 16);
        out.octet(FORMAT).count(standing.version());
        return VerdictCodec.status(out, standing.status())
                .octet((standing.isFinal() ? FINAL : 0) | (standing.stale() ? STALE : 0))
                .count(head.size())
                .octets(head.array(), 0, head.size())
                .octets(verdict)
                .bytes();
    }

    /** How the verdict stands. */
    public static Standing standing(byte[] window) {
        return isOfOld(window)
                ? Standing.of(ofOld(window))
                : standing(window[0], new ByteReader(window, 1));
    }

    private static Standing standing(int format, ByteReader in) {
        int version = in.count();
        Verdict.Status status =
                format == FORMAT ? VerdictCodec.status(in) : Verdict.Status.valueOf(in.text());
        int flags = in.octet();
        return new Standing(version, status, (flags & FINAL) != 0, (flags & STALE) != 0);
    }

    /** What the referee alone reads; empty if the record is of semantics 1. */
    public static Optional<ByteReader> head(byte[] window) {
        return isOfOld(window) ? Optional.empty() : Optional.of(behindStanding(window));
    }

    private static ByteReader behindStanding(byte[] window) {
        ByteReader in = new ByteReader(window, 1);
        standing(window[0], in);
        in.count();
        return in;
    }

    /** The verdict as {@link VerdictCodec} wrote it; empty if it stands apart. */
    public static byte[] verdict(byte[] window) {
        if (isOfOld(window)) {
            return JsonRecord.write(JsonRecord.read(window).required("verdict"));
        }
        ByteReader in = new ByteReader(window, 1);
        standing(window[0], in);
        in.skip(in.count());
        return in.rest();
    }

    /** Whether the last version also stands with the older ones, as it did up to format 2. */
    public static boolean isApart(byte[] window) {
        return window[0] != FORMAT;
    }

    private static boolean isOfOld(byte[] window) {
        return window[0] != FORMAT && window[0] != APART;
    }

    private static Verdict ofOld(byte[] window) {
        return VerdictJson.read(JsonRecord.read(window).required("verdict"));
    }
}
