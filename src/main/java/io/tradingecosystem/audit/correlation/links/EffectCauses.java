package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.rules.Confidence;
import io.tradingecosystem.audit.correlation.rules.Confidence.Terms;
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

/**
 * All that is known about the causes of one event, by the way in which it is known. Confidences are
 * worked out when it is read, because each further cause takes something from the others. Its bytes
 * depend on what it says only. For one thread.
 */
public final class EffectCauses {
    private final long position;
    private final String effectId;
    private final long effectAt;
    private final NavigableMap<Way, Causes> ways = new TreeMap<>(Way.ORDER);

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
    public record Way(Kind kind, String name) {
        static final Comparator<Way> ORDER =
                Comparator.comparing(Way::kind).thenComparing(Way::name);
        public static final Way NAMED = new Way(Kind.EXPLICIT, "");
        public static final Way PARENT = new Way(Kind.PARENT, "");

        /** What a link of this kind says as its rule. */
        public String rule() {
            return kind == Kind.RULE || kind == Kind.MANUAL ? name : "";
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
     * @param told the confidence that somebody told; 1 otherwise
     */
    public record Cause(String id, long at, long position, double told) {
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
    public record Causes(Terms terms, boolean cut, List<Cause> causes) {
        static final Causes NONE = new Causes(Terms.TOLD, false, List.of());

        public Causes {
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
        return ways.isEmpty();
    }

    public NavigableMap<Way, Causes> ways() {
        return ways;
    }

    public Causes causes(Way way) {
        return ways.getOrDefault(way, Causes.NONE);
    }

    /** Says anew what is known in one way. */
    public void set(Way way, Causes causes) {
        if (causes.causes().isEmpty()) {
            ways.remove(way);
        } else {
            ways.put(way, causes);
        }
    }

    /** Whether any way knows a cause. */
    public boolean names(long causePosition) {
        return ways.values().stream()
                .anyMatch(w -> w.causes().stream().anyMatch(c -> c.position() == causePosition));
    }

    /** Whether a cause stands before a place in the log. */
    public boolean reachesBefore(long first) {
        return ways.values().stream()
                .anyMatch(w -> w.causes().stream().anyMatch(c -> c.position() < first));
    }

    /**
     * The links to this effect whose causes are still in the log, in no order.
     *
     * @param first the oldest position that is left in the log
     */
    public List<Link> links(long first) {
        List<Link> links = new ArrayList<>();
        Set<String> explicit = new HashSet<>();
        ways.forEach(
                (way, known) -> {
                    double weights = 0;
                    for (Cause cause : known.causes()) {
                        weights += Confidence.weight(known.terms(), effectAt - cause.at());
                    }
                    for (Cause cause : known.causes()) {
                        boolean again = way.kind() == Kind.EXPLICIT && !explicit.add(cause.id());
                        if (cause.position() >= first && !again) {
                            link(way, known, cause, weights).ifPresent(links::add);
                        }
                    }
                });
        return links;
    }

    private Optional<Link> link(Way way, Causes known, Cause cause, double weights) {
        long delay = effectAt - cause.at();
        boolean ruled = way.kind() == Kind.RULE;
        double confidence = ruled ? Confidence.of(known.terms(), delay, weights) : cause.told();
        if (confidence < known.terms().least()) {
            return Optional.empty();
        }
        return Optional.of(
                new Link(
                        new EventRef(cause.id(), cause.position()),
                        new EventRef(effectId, position),
                        way.kind(),
                        way.rule(),
                        Times.ofEpochNanos(cause.at()),
                        Duration.ofNanos(delay),
                        confidence,
                        evidence(way, known, delay)));
    }

    private static String evidence(Way way, Causes known, long delay) {
        return switch (way.kind()) {
            case EXPLICIT ->
                    way.name().isEmpty()
                            ? "the sender named the cause"
                            : "the sender linked to the cause's span";
            case PARENT -> "the cause's span is the parent of the effect's";
            case MANUAL -> ManualLink.evidence(way.name());
            case RULE -> {
                Terms terms = known.terms();
                String shared = terms.keys().isEmpty() ? "time alone" : "the same " + terms.keys();
                int others = known.causes().size() - 1;
                String rivals =
                        others == 0
                                ? ""
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
