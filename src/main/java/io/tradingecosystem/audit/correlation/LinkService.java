package io.tradingecosystem.audit.correlation;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.links.FoundLinks;
import io.tradingecosystem.audit.correlation.links.InvalidLinkException;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.Link.Kind;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkExistsException;
import io.tradingecosystem.audit.correlation.links.LinkIndex;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.correlation.links.LinkStatistics;
import io.tradingecosystem.audit.correlation.links.LinkStoreReader;
import io.tradingecosystem.audit.correlation.links.ManualLink;
import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.InForce;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.projection.FollowerProgress;
import io.tradingecosystem.audit.projection.LogFollower;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.OwnAppend;
import io.tradingecosystem.audit.store.OwnOutcome;
import io.tradingecosystem.audit.store.Removal;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.store.Store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Finds what caused what, as it happens: follows the log on a thread of its own and links each
 * event with those before it, by what senders said, by spans, and by rules. What it knows is
 * durable; after a crash it goes on where it stopped, and the links are those that it would have
 * found without. They do not depend on the order in which events arrive, as long as each arrives
 * within the allowed lateness. Links of events that retention removed are dropped. Thread-safe.
 */
public final class LinkService implements AutoCloseable {
    /** The name of the projection. */
    public static final String PROJECTION = "correlation";

    private static final Duration TAKEN_IN = Duration.ofSeconds(10);

    private final EventLog log;
    private final EventIndex index;
    private final Time time;
    private final LinkSetup setup;
    private final LinkStoreReader reader;
    private final LinkProcessor processor;
    private final LogFollower follower;
    private final FollowerProgress progress;
    private final ReentrantLock switching = new ReentrantLock();
    private boolean started;
    private volatile boolean enabled;

    private LinkService(Store store, LinkSetup setup, LinkObserver observer, Time time) {
        this.log = store.log();
        this.index = store.index();
        this.time = requireNonNull(time, "time is null");
        this.setup = requireNonNull(setup, "setup is null");
        var projection = store.projections().projection(PROJECTION);
        this.reader = new LinkStoreReader(projection, log, index);
        this.processor = new LinkProcessor(store, projection, setup, observer, time);
        this.follower = new LogFollower(PROJECTION, log, processor, LinkProcessor.BATCH);
        this.progress = new FollowerProgress(log, projection, time.clock());
    }

    /** A linker that does nothing until it is started. */
    public static LinkService create(
            Store store, LinkSetup setup, LinkObserver observer, Time time) {
        return new LinkService(store, setup, observer, time);
    }

    /** The id of the log that the links are of. */
    public String log() {
        return log.id();
    }

    /**
     * Starts to link. Returns when the rules of the folder are in force, or at once if there is
     * much to catch up with.
     *
     * @throws InvalidDefinitionException if the folder's files have problems
     */
    public void start() {
        enable(true);
    }

    /**
     * Starts to link, and returns at once. Whoever needs the rules of the folder in force waits for
     * that with {@link #awaitDefinitions}.
     *
     * @throws InvalidDefinitionException if the folder's files have problems
     */
    public void startWithoutWaiting() {
        switching.lock();
        try {
            processor.open();
            follower.start();
            started = true;
            enabled = true;
        } finally {
            switching.unlock();
        }
    }

    /**
     * Waits until the rules of the folder are in force, ten seconds at most. Returns at once while
     * linking is off, or far behind: the log has the rules before whatever comes from now on.
     */
    public void awaitDefinitions() {
        follower.awaitQuietly(
                () -> processor.definitions().isReady() || !enabled || progress.isFarBehind(),
                TAKEN_IN);
    }

    /**
     * Switches linking off or on. While it is off nothing is linked; when it is on again, what came
     * meanwhile is, as if it had never been off. The first time on starts it.
     *
     * @throws InvalidDefinitionException if it starts and the folder's files have problems
     */
    public void enable(boolean on) {
        switching.lock();
        try {
            if (on && !started) {
                startWithoutWaiting();
                awaitDefinitions();
            } else if (on) {
                enabled = true;
                follower.resume();
            } else {
                enabled = false;
                follower.pause();
            }
        } finally {
            switching.unlock();
        }
    }

    /** The events that are linked. */
    public EventIndex events() {
        return index;
    }

    /** Finds links by the events that they connect. */
    public LinkIndex index() {
        return reader;
    }

    /** The rules in force, by name. */
    public List<InForce<Rule>> rules() {
        return processor.definitions().inForce().all().stream().map(this::shown).toList();
    }

    /** One rule in force. */
    public Optional<InForce<Rule>> rule(String name) {
        return processor.definitions().inForce().find(name).map(this::shown);
    }

    private InForce<Rule> shown(Definition<Rule> rule) {
        return InForce.of(rule, index, processor.definitions(), rule.warnings());
    }

    /**
     * One page of links.
     *
     * @throws InvalidQuestionException if the limit or page token is not one
     */
    public LinkPage list(LinkQuery query) {
        InvalidQuestionException.requireRange("limit", query.limit(), 1, LinkQuery.MAX_ON_PAGE);
        return reader.list(query);
    }

    /** Over which times links that a question is about may be missing. */
    public List<Omission> incomplete(LinkQuery query) {
        if (query.eventId().isEmpty()) {
            return reader.incomplete(query.from(), query.to());
        }
        return index.byId(query.eventId())
                .map(event -> reader.incomplete(event.occurredAt(), event.occurredAt()))
                .orElseGet(this::removed);
    }

    private String orRemoved() {
        return removed().stream()
                .map(each -> ", or it is not kept any more: " + each.explanation())
                .collect(Collectors.joining());
    }

    /** An event that is not there may be one that was removed. */
    private List<Omission> removed() {
        return Removal.omission(index.removed(), Selection.BEGINNING).stream().toList();
    }

    /**
     * Puts a link between two events of the log. It is an event of the log itself. Returns when it
     * can be seen.
     *
     * @param wanted the link; its type is the link's rule
     * @param teller who puts it
     * @throws InvalidLinkException if an event is not in the log, both are the same, or the
     *     confidence is out of range
     * @throws LinkExistsException if the two are linked with that type already
     */
    public Link create(ManualLink wanted, Teller teller) {
        String causeId = wanted.causeId();
        String effectId = wanted.effectId();
        String type = wanted.type();
        List<String> problems = new ArrayList<>(wanted.problems());
        if (!enabled) {
            problems.add("no links are made, because correlation.enabled is false");
        }
        if (problems.isEmpty()) {
            for (String id : List.of(causeId, effectId)) {
                if (index.byId(id).isEmpty()) {
                    problems.add("there is no event " + id + orRemoved());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidLinkException(problems);
        }
        AuditEvent event = teller.on(LinkEvents.link(setup.service(), time.now(), wanted));
        if (LinkEvents.isToldAsBefore(index, wanted)) {
            throw exists(wanted);
        }
        OwnOutcome outcome = OwnAppend.to(log, List.of(event)).getFirst();
        if (!outcome.isNew()) {
            throw exists(wanted);
        }
        follower.awaitQuietly(
                () -> processor.statistics().position() >= outcome.position(), TAKEN_IN);
        return reader.causesOf(effectId, Integer.MAX_VALUE).stream()
                .filter(link -> link.kind() == Kind.MANUAL)
                .filter(link -> link.causeId().equals(causeId) && link.rule().equals(type))
                .findFirst()
                .orElseGet(() -> wanted.between(index));
    }

    private static LinkExistsException exists(ManualLink link) {
        return new LinkExistsException(
                link.causeId()
                        + " is linked to "
                        + link.effectId()
                        + " as "
                        + link.type()
                        + " already");
    }

    /**
     * Links in the order in which they were found, behind a place in it.
     *
     * @param limit look at no more than so many places
     */
    public FoundLinks linksAfter(long sequence, int limit) {
        // A record may have some that are too long ago; they are not kept.
        long first = firstSequence();
        return reader.after(Math.max(sequence, first - 1), lastSequence(), limit);
    }

    /**
     * Waits until a link was found behind a place in their order.
     *
     * @return whether there is one; false when {@code timeout} passed or this was closed
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public boolean await(long sequence, Duration timeout) throws InterruptedException {
        return follower.await(() -> lastSequence() > sequence, timeout);
    }

    /**
     * The last place in the order in which links are found: one for each link that was found by
     * what is on record, and one for each event of a span, of which links may follow.
     */
    public long lastSequence() {
        return processor.sequence();
    }

    /** The first place in their order at which a link is kept; before it none can be watched. */
    public long firstSequence() {
        return Math.max(1, lastSequence() - LinkSequenceWriter.MAX_SEQUENCES + 1);
    }

    /** How linking stands now. */
    public LinkStatistics statistics() {
        return processor.statistics().at(progress.now(), progress.waitingSince());
    }

    /** The same as the linker told it last, without a look at the log: its position may be old. */
    public LinkStatistics lastStatistics() {
        return processor.statistics();
    }

    /** How far links have come in the log. */
    public FollowerProgress progress() {
        return progress;
    }

    /** Whether links are made. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Stops to link; what was found is kept. */
    @Override
    public void close() {
        follower.close();
    }
}
