package io.tradingecosystem.audit.correlation.analysis;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventIndex.Direction;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.Selection;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The events of a selection in the order in which they happened, read while it is walked through:
 * two pages of the index and those events that corrected clocks may still put in another order are
 * in memory, never all.
 *
 * <p>Which events it holds goes by occurred_at as it was told: one timeline takes up where the one
 * before it ended, and none is missing or there twice. Within it they stand in the order of their
 * corrected times, then of their positions in the log. For one thread.
 */
public final class Timeline implements Iterator<Timeline.Entry> {
    private static final int PAGE = 2_000;

    /** Beyond so many held events the earliest is let go, even if its turn is not certain. */
    private static final int MAX_HELD = 10_000;

    private final EventIndex index;
    private final LinkIndex linkIndex;
    private final Clocks clocks;
    private final boolean sampleCut;
    private final Depths depths;
    private final TimelineQuestion question;
    private final PriorityQueue<Held> held = new PriorityQueue<>();
    private Iterator<AuditEvent> page = List.<AuditEvent>of().iterator();
    private Iterator<List<Link>> links = List.<List<Link>>of().iterator();
    private String token;
    private boolean exhausted;
    private int left;
    private long uncertain;
    private Instant read = Selection.BEGINNING;
    private @Nullable Instant began;
    private @Nullable CompletableFuture<LinkedPage> ahead;
    private @Nullable Held before;
    private Consumer<AuditEvent> listener = told -> {};

    /**
     * A timeline that has told nothing yet.
     *
     * @param sampleCut whether there were more events than clocks were estimated from
     */
    Timeline(
            EventIndex index,
            LinkIndex links,
            Clocks clocks,
            boolean sampleCut,
            TimelineQuestion question) {
        this.index = index;
        this.linkIndex = links;
        this.clocks = clocks;
        this.sampleCut = sampleCut;
        this.question = question;
        this.depths = new Depths(index, links, question.selection());
        this.left = question.limit();
        this.token = question.pageToken();
        readPage();
    }

    /**
     * An event in its place.
     *
     * @param event the event as it was told
     * @param at when it happened: occurred_at, corrected by what is known of its service's clock
     * @param depth how many causes it has in a row within the selection: one more than the best of
     *     them
     * @param causes the links towards it from events of the selection, the best first
     * @param sincePrevious the time since the entry before; zero for the first
     * @param afterSilence whether that time is a gap
     * @param certain whether it surely happened after the entry before, by how far their clocks can
     *     be apart or because that one caused it; true for the first
     */
    public record Entry(
            AuditEvent event,
            Instant at,
            int depth,
            List<Link> causes,
            Duration sincePrevious,
            boolean afterSilence,
            boolean certain) {

        public Entry {
            causes = List.copyOf(causes);
        }

        /** Whether its time was corrected. */
        public boolean isCorrected() {
            return !at.equals(event.occurredAt());
        }
    }

    /** The same timeline, which says what it tells. */
    public Timeline telling(Consumer<AuditEvent> to) {
        listener = to;
        return this;
    }

    /** What is known of the services' clocks. */
    public Clocks clocks() {
        return clocks;
    }

    /** What bounds left out. Known when it has ended. */
    public List<Omission> incomplete() {
        return Omission.all(
                Omission.when(sampleCut, Bound.CLOCK_SAMPLE),
                Omission.ifAny(Bound.CLOCK_SERVICES, clocks.untold()),
                Omission.ifAny(Bound.TIMELINE_ORDER, uncertain),
                depths.incomplete(),
                missingLinks());
    }

    /** Where the next timeline goes on; empty if nothing is left. Known when this one has ended. */
    public String nextPageToken() {
        return hasNext() ? "" : token;
    }

    private Stream<Omission> missingLinks() {
        return began == null ? Stream.empty() : linkIndex.incomplete(began, read).stream();
    }

    @Override
    public boolean hasNext() {
        return !held.isEmpty() || fill();
    }

    @Override
    public Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the timeline has ended");
        }
        boolean more = true;
        while (more && !isSettled()) {
            more = fill();
        }
        if (more && !isCertain()) {
            uncertain++;
        }
        Held next = held.remove();
        Entry entry = entry(next);
        before = next;
        listener.accept(entry.event());
        return entry;
    }

    /** Whether no event that is still to be read can come before the first that is held. */
    private boolean isSettled() {
        Held first = held.peek();
        return first != null && (held.size() >= MAX_HELD || isCertain());
    }

    private boolean isCertain() {
        Held first = held.peek();
        return first != null && first.at().isBefore(read.minus(clocks.greatestOffset()));
    }

    /** Reads one more event; false if there is none. */
    private boolean fill() {
        while (!page.hasNext() && !exhausted) {
            readPage();
        }
        if (!page.hasNext()) {
            return false;
        }
        AuditEvent event = page.next();
        read = event.occurredAt();
        began = began == null ? read : began;
        held.add(new Held(event, clocks.corrected(event), links.next()));
        return true;
    }

    private void readPage() {
        CompletableFuture<LinkedPage> begun = ahead;
        LinkedPage linked = begun == null ? find() : begun.join();
        Page found = linked.page();
        left -= found.events().size();
        token = found.nextPageToken();
        exhausted = left == 0 || token.isEmpty();
        page = found.events().iterator();
        links = linked.causes().iterator();
        // The next page is read while this one is told.
        ahead = exhausted ? null : CompletableFuture.supplyAsync(this::find, Timeline::start);
    }

    private LinkedPage find() {
        int limit = Math.min(left, PAGE);
        Page found =
                index.find(new Query(question.selection(), Direction.OLDEST_FIRST, limit, token));
        return new LinkedPage(found, linkIndex.causesOfEvents(found.events(), Integer.MAX_VALUE));
    }

    private static void start(Runnable reading) {
        Thread.ofVirtual().name("timeline-page").start(reading);
    }

    private Entry entry(Held held) {
        AuditEvent event = held.event();
        List<Link> causes = depths.selected(held.causes());
        int depth = depths.depth(event, causes);
        Held previous = before;
        if (previous == null) {
            return new Entry(event, held.at(), depth, causes, Duration.ZERO, false, true);
        }
        Duration since = Duration.between(previous.at(), held.at());
        return new Entry(
                event,
                held.at(),
                depth,
                causes,
                since,
                since.compareTo(question.silence()) >= 0,
                isReportedCause(previous.event(), causes)
                        || clocks.surelyBefore(previous.event(), event));
    }

    private static boolean isReportedCause(AuditEvent earlier, List<Link> causes) {
        for (Link link : causes) {
            if (link.causeId().equals(earlier.id())
                    && (link.kind() == Kind.EXPLICIT || link.kind() == Kind.PARENT)) {
                return true;
            }
        }
        return false;
    }

    /** Events with the best links towards each. */
    private record LinkedPage(Page page, List<List<Link>> causes) {}

    /** An event that waits for its turn. */
    private record Held(AuditEvent event, Instant at, List<Link> causes)
            implements Comparable<Held> {

        @Override
        public int compareTo(Held other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(event.position(), other.event.position());
        }
    }
}
