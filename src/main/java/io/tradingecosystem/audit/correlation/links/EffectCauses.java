package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.rules.Confidence;
import io.tradingecosystem.audit.correlation.rules.Confidence.ConfidenceTerms;
import io.tradingecosystem.audit.event.Times;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All that is known about the causes of one event, by the way in which it is known. Confidences are
 * worked out when it is read, because each further cause takes something from the others. Its bytes
 * depend on what it says only. For one thread.
 */
public final class EffectCauses {
    private final long position;
    private final String effectId;
    private final long effectAt;
    private final NavigableMap<Evidence, CauseSet> causeSets = new TreeMap<>(Evidence.ORDER);

    public EffectCauses(long position, String effectId, long effectAt) {
        this.position = position;
        this.effectId = effectId;
        this.effectAt = effectAt;
    }

    /**
     * How causes are known.
     *
     * @param name the rule; the type for {@link Kind#MANUAL}; the span for a link between spans
     */
    public record Evidence(Kind kind, String name) {
        static final Comparator<Evidence> ORDER =
                Comparator.comparing(Evidence::kind).thenComparing(Evidence::name);
        public static final Evidence NAMED = new Evidence(Kind.EXPLICIT, "");
        public static final Evidence PARENT = new Evidence(Kind.PARENT, "");

        /** What a link of this kind says as its rule. */
        public String rule() {
            return kind == Kind.RULE || kind == Kind.MANUAL ? name : "";
        }

        /** Whether the effect named a span as its cause, so that the link follows from the log. */
        public boolean isOfSpan() {
            return kind == Kind.PARENT || (kind == Kind.EXPLICIT && !name.isEmpty());
        }

        /** What counts of such links stand under. */
        public String label() {
            return kind == Kind.RULE ? name : kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A cause.
     *
     * @param at its occurred_at, in nanoseconds since the epoch
     * @param reported the confidence that somebody told; 1 otherwise
     */
    public record Cause(String id, long at, long position, double reported) {
        public static final Comparator<Cause> ORDER =
                Comparator.comparingLong(Cause::at).thenComparing(Cause::id);
    }

    /**
     * The causes known in one way.
     *
     * @param terms what their confidence depends on
     * @param cut whether there were more than the limits allow
     * @param causes in the order of occurred_at
     */
    public record CauseSet(ConfidenceTerms terms, boolean cut, List<Cause> causes) {
        static final CauseSet NONE = new CauseSet(ConfidenceTerms.REPORTED, false, List.of());

        public CauseSet {
            causes = causes.stream().sorted(Cause.ORDER).toList();
        }
    }

    public long position() {
        return position;
    }

    public String effectId() {
        return effectId;
    }

    public long effectAt() {
        return effectAt;
    }

    public boolean isEmpty() {
        return causeSets.isEmpty();
    }

    public NavigableMap<Evidence, CauseSet> causeSets() {
        return causeSets;
    }

    public CauseSet causes(Evidence evidence) {
        return causeSets.getOrDefault(evidence, CauseSet.NONE);
    }

    /** Says anew what is known in one way. */
    public void set(Evidence evidence, CauseSet causes) {
        if (causes.causes().isEmpty()) {
            causeSets.remove(evidence);
        } else {
            causeSets.put(evidence, causes);
        }
    }

    /** The same without what follows from spans, which versions before had on record. */
    public EffectCauses withoutSpans() {
        EffectCauses others = new EffectCauses(position, effectId, effectAt);
        others.causeSets.putAll(causeSets);
        others.causeSets.keySet().removeIf(Evidence::isOfSpan);
        return others;
    }

    /** Whether any way knows a cause. */
    public boolean names(long causePosition) {
        return causeSets.values().stream()
                .anyMatch(w -> w.causes().stream().anyMatch(c -> c.position() == causePosition));
    }

    /** Whether a cause stands before a place in the log. */
    public boolean reachesBefore(long first) {
        return causeSets.values().stream()
                .anyMatch(w -> w.causes().stream().anyMatch(c -> c.position() < first));
    }

    /**
     * The links to this effect whose causes are still in the log, in no order.
     *
     * @param first the oldest position that is left in the log
     */
    public List<Link> links(long first) {
        return links(first, evidence -> true);
    }

    /** Those among them that follow from spans. */
    List<Link> linksOfSpans(long first) {
        return links(first, Evidence::isOfSpan);
    }

    private List<Link> links(long first, Predicate<Evidence> wanted) {
        List<Link> links = new ArrayList<>();
        Set<String> explicit = new HashSet<>();
        causeSets.forEach(
                (evidence, known) -> {
                    double[] confidences = confidences(evidence, known);
                    for (int i = 0; i < confidences.length; i++) {
                        Cause cause = known.causes().get(i);
                        boolean again =
                                evidence.kind() == Kind.EXPLICIT && !explicit.add(cause.id());
                        if (cause.position() >= first && !again && wanted.test(evidence)) {
                            link(evidence, known, cause, confidences[i]).ifPresent(links::add);
                        }
                    }
                });
        return links;
    }

    private double[] confidences(Evidence evidence, CauseSet known) {
        return evidence.kind() == Kind.RULE
                ? Confidence.of(
                        known.terms(),
                        known.causes().stream().mapToLong(c -> effectAt - c.at()).toArray())
                : known.causes().stream().mapToDouble(Cause::reported).toArray();
    }

    private Optional<Link> link(Evidence evidence, CauseSet known, Cause cause, double confidence) {
        long delay = effectAt - cause.at();
        if (confidence < known.terms().min()) {
            return Optional.empty();
        }
        return Optional.of(
                new Link(
                        new EventRef(cause.id(), cause.position()),
                        new EventRef(effectId, position),
                        evidence.kind(),
                        evidence.rule(),
                        Times.ofEpochNanos(cause.at()),
                        Duration.ofNanos(delay),
                        confidence,
                        evidence(evidence, known, delay)));
    }

    private static String evidence(Evidence evidence, CauseSet known, long delay) {
        return switch (evidence.kind()) {
            case EXPLICIT ->
                    evidence.name().isEmpty()
                            ? "the sender named the cause"
                            : "the sender linked to the cause's span";
            case PARENT -> "the cause's span is the parent of the effect's";
            case MANUAL -> ManualLink.evidence(evidence.name());
            case RULE -> {
                ConfidenceTerms terms = known.terms();
                String shared = terms.keys().isEmpty() ? "time alone" : "the same " + terms.keys();
                int others = known.causes().size() - 1;
                String rivals =
                        others == 0
                                ? (known.cut() ? ", and other causes" : "")
                                : ", "
                                        + others
                                        + (known.cut() ? " or more" : "")
                                        + (others == 1 ? " other cause" : " other causes");
                yield Spoken.of(Duration.ofNanos(delay))
                        + " of "
                        + Spoken.of(Duration.ofNanos(terms.within()))
                        + ", "
                        + shared
                        + rivals;
            }
        };
    }
}
