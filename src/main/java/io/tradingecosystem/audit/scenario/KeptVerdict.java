package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictCodec;

import org.jspecify.annotations.Nullable;

/**
 * The last version of a window's verdict as it was made: itself, or packed where thousands are
 * held. For one thread.
 */
final class KeptVerdict {
    private final String id;
    private final @Nullable Verdict verdict;
    private byte @Nullable [] packed;

    /** Whether it also stands with the older versions. */
    private final boolean apart;

    private KeptVerdict(
            String id, @Nullable Verdict verdict, byte @Nullable [] packed, boolean apart) {
        this.id = id;
        this.verdict = verdict;
        this.packed = packed;
        this.apart = apart;
    }

    static KeptVerdict of(Verdict verdict) {
        return new KeptVerdict(verdict.id(), verdict, null, false);
    }

    /**
     * What a record has.
     *
     * @param apart whether it also stands with the older versions, as of old
     */
    static KeptVerdict packed(String id, byte[] packed, boolean apart) {
        return new KeptVerdict(id, null, packed, apart);
    }

    Verdict get() {
        Verdict known = verdict;
        return known == null ? VerdictCodec.read(id, bytes()) : known;
    }

    byte[] bytes() {
        byte[] known = packed;
        if (known == null) {
            known = VerdictCodec.write(get());
            packed = known;
        }
        return known;
    }

    boolean isApart() {
        return apart;
    }

    /** The same, in as little room as it needs. */
    KeptVerdict packed() {
        return new KeptVerdict(id, null, bytes(), false);
    }
}
