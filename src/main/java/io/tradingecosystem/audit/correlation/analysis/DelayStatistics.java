package io.tradingecosystem.audit.correlation.analysis;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.Selection;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How long effects take to follow, by rule and by hop, over the links towards the events of a
 * selection. Thread-safe.
 */
public final class DelayStatistics {
    private static final int MAX_EVENTS = 100_000;
    private static final int MAX_ROWS = 1_000;
    private static final int MAX_CAUSES = 1_000;
    private static final int PAGE = 1_000;

    private final EventIndex events;
    private final LinkIndex links;

    private DelayStatistics(EventIndex events, LinkIndex links) {
        this.events = requireNonNull(events, "events is null");
        this.links = requireNonNull(links, "links is null");
    }

    /** Statistics over the events and links there are. */
    public static DelayStatistics create(EventIndex events, LinkIndex links) {
        return new DelayStatistics(events, links);
    }

    /**
     * Delays in a selection.
     *
     * @param rules by rule; the links that no rule found by their kind in lower case. A link counts
     *     for its rule whatever else links the two events
     * @param hops by hop, {@code service type -> service type}; two events count once, however many
     *     links there are between them
     * @param events how many events were looked at
     * @param incomplete whether there are more events than the 100,000 that are looked at, how many
     *     delays are of more than 1,000 rules or hops, and how many of more than 1,000 links
     *     towards one event
     */
    public record Report(
            Map<String, Delays> rules,
            Map<String, Delays> hops,
            int events,
            List<Omission> incomplete) {
        public Report {
            incomplete = List.copyOf(incomplete);
        }
    }

    /**
     * Two reports side by side.
     *
     * @param rules every rule of either
     * @param hops every hop of either
     */
    public record Comparison(Map<String, Compared> rules, Map<String, Compared> hops) {}

    /**
     * Delays with and without chaos; one is empty where that side has none.
     *
     * @param ratio how many times as long the median is; empty where one side is, or the baseline's
     *     median is not over zero
     */
    public record Compared(
            Optional<Delays> actual, Optional<Delays> baseline, Optional<Double> ratio) {}

    /** The delays towards the first 100,000 events of a selection. */
    public Report of(Selection selection) {
        Rows rules = new Rows();
        Rows hops = new Rows();
        int seen = 0;
        long causesCut = 0;
        Page page = events.find(Query.of(selection, PAGE));
        while (true) {
            Iterator<List<Link>> found = causes(page).iterator();
            for (AuditEvent effect : page.events()) {
                List<Link> causes = found.next();
                count(effect, causes.stream().limit(MAX_CAUSES).toList(), rules, hops);
                causesCut += Math.max(0, causes.size() - MAX_CAUSES);
            }
            seen += page.events().size();
            if (page.nextPageToken().isEmpty() || seen >= MAX_EVENTS) {
                break;
            }
            page = events.find(Query.of(selection, PAGE).from(page.nextPageToken()));
        }
        return new Report(
                rules.summaries(),
                hops.summaries(),
                seen,
                Omission.all(
                        Omission.when(!page.nextPageToken().isEmpty(), Bound.DELAY_EVENTS),
                        Omission.ifAny(Bound.DELAY_ROWS, rules.cut + hops.cut),
                        Omission.ifAny(Bound.DELAY_CAUSES, causesCut),
                        links.incomplete(selection.from(), selection.to()).stream()));
    }

    private List<List<Link>> causes(Page page) {
        return links.causesOfEvents(page.events(), Integer.MAX_VALUE);
    }

    /** Puts the delays of a run beside those of one without chaos. */
    public static Comparison compare(Report actual, Report baseline) {
        return new Comparison(
                compare(actual.rules(), baseline.rules()), compare(actual.hops(), baseline.hops()));
    }

    /** Puts delays side by side, by whatever names they have. */
    public static Map<String, Compared> compare(
            Map<String, Delays> actual, Map<String, Delays> baseline) {
        Map<String, Compared> compared = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>(actual.keySet());
        names.addAll(baseline.keySet());
        for (String name : names) {
            Optional<Delays> own = Optional.ofNullable(actual.get(name));
            Optional<Delays> theirs = Optional.ofNullable(baseline.get(name));
            Optional<Double> ratio =
                    own.flatMap(
                            a ->
                                    theirs.filter(b -> b.p50().isPositive())
                                            .map(b -> seconds(a) / seconds(b)));
            compared.put(name, new Compared(own, theirs, ratio));
        }
        return compared;
    }

    private static double seconds(Delays delays) {
        return delays.p50().toNanos() / 1e9;
    }

    private void count(AuditEvent effect, List<Link> causes, Rows rules, Rows hops) {
        String counted = "";
        for (Link link : causes) {
            String rule =
                    link.rule().isEmpty()
                            ? link.kind().name().toLowerCase(Locale.ROOT)
                            : link.rule();
            rules.add(rule, link.delay().toNanos());
            if (!counted.equals(link.causeId())) {
                counted = link.causeId();
                events.at(link.cause().position())
                        .ifPresent(cause -> hops.add(hop(cause, effect), link.delay().toNanos()));
            }
        }
    }

    private static String hop(AuditEvent cause, AuditEvent effect) {
        return cause.service()
                + " "
                + cause.type()
                + " -> "
                + effect.service()
                + " "
                + effect.type();
    }

    /** Delays by name, of a bounded number of names. */
    private static final class Rows {
        private final Map<String, List<Long>> rows = new TreeMap<>();
        private long cut;

        void add(String name, long nanos) {
            if (rows.size() < MAX_ROWS || rows.containsKey(name)) {
                rows.computeIfAbsent(name, n -> new ArrayList<>()).add(nanos);
            } else {
                cut++;
            }
        }

        Map<String, Delays> summaries() {
            Map<String, Delays> summaries = new TreeMap<>();
            rows.forEach((name, nanos) -> summaries.put(name, Delays.of(nanos)));
            return summaries;
        }
    }
}
