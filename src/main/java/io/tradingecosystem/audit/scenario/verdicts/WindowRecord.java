package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.projection.JsonRecord;

import java.util.Optional;

/**
 * What is kept of an occurrence: how its verdict stands, a head that only the referee reads, and
 * the verdict as JSON while it is pending; later it stands with its versions. Up to semantics 1 the
 * whole was JSON.
 */
public final class WindowRecord {
    private static final int FORMAT = 2;
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
     * @param pending the verdict as JSON if it is pending, else empty
     */
    public static byte[] of(Standing standing, byte[] head, byte[] pending) {
        return new ByteWriter(head.length + pending.length + 16)
                .octet(FORMAT)
                .count(standing.version())
                .text(standing.status().name())
                .octet((standing.isFinal() ? FINAL : 0) | (standing.stale() ? STALE : 0))
                .count(head.length)
                .octets(head)
                .octets(pending)
                .bytes();
    }

    private static Standing standing(ByteReader in) {
        int version = in.count();
        Verdict.Status status = Verdict.Status.valueOf(in.text());
        int flags = in.octet();
        return new Standing(version, status, (flags & FINAL) != 0, (flags & STALE) != 0);
    }

    /** How the verdict stands. */
    public static Standing standing(byte[] window) {
        ByteReader in = new ByteReader(window);
        return in.octet() == FORMAT ? standing(in) : Standing.of(ofOld(window));
    }

    /** What the referee alone reads; empty if the record is of semantics 1. */
    public static Optional<ByteReader> head(byte[] window) {
        ByteReader in = new ByteReader(window);
        if (in.octet() != FORMAT) {
            return Optional.empty();
        }
        standing(in);
        return Optional.of(new ByteReader(in.octets(in.count())));
    }

    /** The verdict, if it stands here: while it is pending, and up to semantics 1. */
    public static Optional<Verdict> verdict(byte[] window) {
        ByteReader in = new ByteReader(window);
        if (in.octet() != FORMAT) {
            return Optional.of(ofOld(window));
        }
        standing(in);
        in.octets(in.count());
        return in.hasMore()
                ? Optional.of(VerdictJson.read(JsonRecord.read(in.rest())))
                : Optional.empty();
    }

    private static Verdict ofOld(byte[] window) {
        return VerdictJson.read(JsonRecord.read(window).required("verdict"));
    }
}
