package io.tradingecosystem.audit.scenario.verdicts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.math.BigDecimal;
import java.util.Collection;

/**
 * How many verdicts were judged on complete evidence: what may be missing cannot change any of
 * their findings. The evidence of a verdict is incomplete if a finding is UNCERTAIN, or counts
 * occurrences that cannot be told, whatever the reason: a gap, a silent source, a bound, a key that
 * a trigger lacks, or clocks. What is PENDING is not judged. Immutable.
 *
 * @param complete verdicts on complete evidence
 * @param judged verdicts that are not PENDING
 */
public record Completeness(long complete, long judged) {

    /** Of some verdicts. */
    public static Completeness of(Collection<Verdict> verdicts) {
        return new Completeness(
                verdicts.stream().filter(Completeness::isComplete).count(),
                verdicts.stream().filter(each -> each.status() != Status.PENDING).count());
    }

    /** Whether a verdict was judged, and what may be missing cannot change what was found. */
    public static boolean isComplete(Verdict verdict) {
        return verdict.status() != Status.PENDING
                && verdict.findings().stream().noneMatch(Completeness::isOpen);
    }

    private static boolean isOpen(Finding finding) {
        BigDecimal untold = finding.figures().getOrDefault("inconclusive", BigDecimal.ZERO);
        return finding.state() == State.UNCERTAIN || untold.signum() > 0;
    }

    /** As it is kept and shown. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("complete", complete)
                .put("judged", judged);
    }

    /** A sentence for people, without its full stop. */
    public String clause() {
        return "judged on complete evidence: " + complete + " of " + judged;
    }
}
