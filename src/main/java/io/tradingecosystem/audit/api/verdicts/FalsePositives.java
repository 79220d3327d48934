package io.tradingecosystem.audit.api.verdicts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.scenario.verdicts.ForgottenAlerts;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Alerts that nothing explains, neither an expectation nor a link to a cause. What the linker has
 * not looked at yet is not among them, but counted. Thread-safe.
 */
public final class FalsePositives {
    /** The most in an answer. */
    static final int MAX = 100;

    /** So many alerts are looked at for one answer. */
    private static final int MAX_LOOKED_AT = 2_000;

    private final LinkIndex links;
    private final Supplier<Progress> linked;

    private FalsePositives(LinkIndex links, Supplier<Progress> linked) {
        this.links = links;
        this.linked = linked;
    }

    /**
     * Alerts without a link.
     *
     * @param linked how far there are links
     */
    public static FalsePositives of(LinkIndex links, Supplier<Progress> linked) {
        return new FalsePositives(links, linked);
    }

    /**
     * An answer, and what it leaves out.
     *
     * @param linked how far there are links
     * @param alerts the latest, at most {@link #MAX}
     * @param notLinkedYet how many the linker has not looked at
     * @param further how many older ones may be candidates too
     * @param forgotten those that are not kept any more
     * @param unknown what the counts beside them do not tell, and when links may be missing
     */
    record Candidates(
            Progress linked,
            List<AuditEvent> alerts,
            long notLinkedYet,
            long further,
            ForgottenAlerts forgotten,
            List<Omission> unknown) {}

    /** The latest candidates. */
    Candidates among(VerdictStoreReader verdicts) {
        Progress progress = linked.get();
        List<AuditEvent> found = new ArrayList<>();
        long looked = 0;
        long unknown = 0;
        List<AuditEvent> some = verdicts.unexplainedAlerts(Optional.empty(), MAX);
        while (!some.isEmpty() && found.size() < MAX && looked < MAX_LOOKED_AT) {
            List<AuditEvent> known =
                    some.stream().filter(alert -> alert.position() <= progress.position()).toList();
            unknown += some.size() - known.size();
            looked += some.size();
            found.addAll(unlinked(known));
            some = verdicts.unexplainedAlerts(Optional.of(some.getLast()), MAX);
        }
        long cut = Math.max(0, found.size() - MAX);
        long rest = some.isEmpty() ? cut : verdicts.unexplainedAlerts() - looked + cut;
        List<AuditEvent> shown = List.copyOf(found.subList(0, Math.min(MAX, found.size())));
        return new Candidates(
                progress,
                shown,
                unknown,
                Math.max(0, rest),
                verdicts.forgottenAlerts(),
                Omission.all(verdicts.unsearched().stream(), missingLinks(shown).stream()));
    }

    /** A link that is missing might explain one. */
    private List<Omission> missingLinks(List<AuditEvent> alerts) {
        List<Instant> times = alerts.stream().map(AuditEvent::occurredAt).sorted().toList();
        return times.isEmpty() ? List.of() : links.incomplete(times.getFirst(), times.getLast());
    }

    private List<AuditEvent> unlinked(List<AuditEvent> alerts) {
        List<AuditEvent> unlinked = new ArrayList<>();
        Iterator<List<Link>> causes = links.causesOfEvents(alerts, 1).iterator();
        for (AuditEvent alert : alerts) {
            if (causes.next().isEmpty()) {
                unlinked.add(alert);
            }
        }
        return unlinked;
    }

    /** What an answer leaves out. */
    static List<Omission> incomplete(Candidates candidates) {
        return Omission.all(
                Omission.ifAny(Bound.ALERTS_SHOWN, candidates.further()),
                Omission.ifAny(Bound.ALERTS_KEPT, candidates.forgotten().count()),
                candidates.unknown().stream());
    }

    /** Writes an answer into a report's JSON. */
    static void write(Candidates candidates, ObjectNode node) {
        ArrayNode list = node.putArray("false_positive_candidates");
        candidates.alerts().forEach(alert -> write(alert, list.addObject()));
        node.put("not_linked_yet", candidates.notLinkedYet());
        ProgressAnswers.write("links", candidates.linked(), node);
        ForgottenAlerts forgotten = candidates.forgotten();
        if (candidates.further() > 0 || forgotten.count() > 0) {
            ObjectNode truncated =
                    node.putObject("truncated")
                            .put("further", candidates.further())
                            .put("forgotten", forgotten.count());
            if (forgotten.count() > 0) {
                truncated.put("forgotten_until", forgotten.until().toString());
            }
        }
        Incomplete.write(incomplete(candidates), node);
    }

    private static void write(AuditEvent alert, ObjectNode node) {
        node.put("event_id", alert.id())
                .put("service", alert.service())
                .put("type", alert.type())
                .put("occurred_at", alert.occurredAt().toString())
                .put("message", alert.message());
    }
}
