package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.links.FoundLinks;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogDamagedException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What went on lately, read from the newest stretch of the log and of the links. A reading costs a
 * bounded number of events and links: where there are more, it begins anew with the newest, and
 * what was measured is of a shorter time. What the correlator wrote itself does not count. Used by
 * one thread at a time.
 */
final class RecentTraffic {
    static final int MAX_EVENTS = 20_000;
    static final int MAX_LINKS = 4_000;
    private static final int MAX_KEYS = 2_000;
    private static final int PAGE = 1_000;
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final EventLog log;
    private final LinkService links;
    private final Duration window;
    private final SlidingTallies<Participant> nodes;
    private final SlidingTallies<Hop> hops;
    private long event;
    private long link;
    private Instant eventsSince = Instant.MIN;
    private Instant linksSince = Instant.MIN;
    private Instant skippedUntil = Instant.MIN;

    RecentTraffic(EventLog log, LinkService links, Duration window) {
        this.log = log;
        this.links = links;
        this.window = window;
        this.nodes = new SlidingTallies<>(window, MAX_KEYS);
        this.hops = new SlidingTallies<>(window, MAX_KEYS);
    }

    /** Reads what is new, and forgets what is too long ago. */
    void read(Instant now) {
        Instant from = now.minus(window);
        readEvents(from, now);
        readLinks(from, now);
        nodes.forgetBefore(from);
        hops.forgetBefore(from);
    }

    private void readEvents(Instant from, Instant now) {
        long last = log.lastPosition();
        if (last - event > MAX_EVENTS) {
            event = last - MAX_EVENTS;
            nodes.clear();
            eventsSince = Instant.MAX;
            skippedUntil = now;
        }
        try {
            List<AuditEvent> page = log.read(event, PAGE);
            while (!page.isEmpty() && event < last) {
                page.forEach(each -> count(each, from));
                event = page.getLast().position();
                page = log.read(event, PAGE);
            }
        } catch (LogDamagedException e) {
            event = last;
            nodes.clear();
            eventsSince = Instant.MAX;
            skippedUntil = now;
        }
    }

    private void count(AuditEvent each, Instant from) {
        eventsSince = earlier(eventsSince, each.recordedAt());
        if (each.author() == Author.OWN || each.recordedAt().isBefore(from)) {
            return;
        }
        boolean error = isError(each);
        Participant participant = Participant.of(each);
        Tally tally = nodes.of(participant, each.recordedAt());
        tally.add(error, each.recordedAt());
        String kind = each.attribute(Spans.KIND);
        if (kind.equals(Spans.SERVER) || kind.equals(Spans.CONSUMER)) {
            tally.serve(error);
        }
        Spans.namedCallee(each)
                .map(callee -> new Hop(participant, callee, Spans.connection(each, each)))
                .ifPresent(hop -> count(hop, each, each.duration(), error));
    }

    private void readLinks(Instant from, Instant now) {
        long last = links.lastSequence();
        if (last - link > MAX_LINKS) {
            link = last - MAX_LINKS;
            hops.clear();
            linksSince = Instant.MAX;
            skippedUntil = now;
        }
        try {
            while (link < last) {
                FoundLinks found = links.linksAfter(link, PAGE);
                count(found.links().stream().map(each -> each.link()).toList(), from);
                if (found.upTo() <= link) {
                    return;
                }
                link = found.upTo();
            }
        } catch (LogDamagedException e) {
            link = last;
            hops.clear();
            linksSince = now;
            skippedUntil = now;
        }
    }

    private void count(List<Link> found, Instant from) {
        Map<Long, AuditEvent> events = new HashMap<>();
        links
                .events()
                .at(
                        found.stream()
                                .flatMap(each -> Stream.of(each.cause(), each.effect()))
                                .map(each -> each.position())
                                .distinct()
                                .toList())
                .stream()
                .flatMap(Optional::stream)
                .forEach(each -> events.put(each.position(), each));
        for (Link each : found) {
            AuditEvent cause = events.get(each.cause().position());
            AuditEvent effect = events.get(each.effect().position());
            if (cause != null && effect != null) {
                count(each, cause, effect, from);
            }
        }
    }

    private void count(Link link, AuditEvent cause, AuditEvent effect, Instant from) {
        linksSince = earlier(linksSince, effect.recordedAt());
        boolean own = cause.author() == Author.OWN || effect.author() == Author.OWN;
        Participant source = Participant.of(cause);
        Participant target = Participant.of(effect);
        if (own || source.equals(target) || effect.recordedAt().isBefore(from)) {
            return;
        }
        boolean called = Spans.isCall(link, cause);
        if (called && Spans.namedCallee(cause).filter(target::isOfTypeOf).isPresent()) {
            // The caller's own span was counted.
            return;
        }
        Hop hop = new Hop(source, target, Spans.connection(link, cause, effect));
        boolean error = isError(effect) || (called && isError(cause));
        count(hop, effect, called ? cause.duration() : link.delay(), error);
    }

    private void count(Hop hop, AuditEvent named, Duration took, boolean error) {
        Tally tally = hops.of(hop, named.recordedAt());
        tally.add(error, named.recordedAt());
        tally.time(took);
        tally.name(named.type());
    }

    private static boolean isError(AuditEvent event) {
        return event.severity().compareTo(Severity.ERROR) >= 0;
    }

    private static Instant earlier(Instant since, Instant found) {
        return since.isBefore(found) ? since : found;
    }

    /** What was counted of each participant. */
    Map<Participant, Traffic> nodes(Instant now) {
        return traffic(nodes.sums(), eventsSince, now);
    }

    /** What was counted of each hop. */
    Map<Hop, Traffic> hops(Instant now) {
        return traffic(hops.sums(), linksSince, now);
    }

    private <K> Map<K, Traffic> traffic(Map<K, Tally> sums, Instant since, Instant now) {
        Duration measured = measured(since, now);
        Map<K, Traffic> all = new HashMap<>();
        sums.forEach((key, tally) -> all.put(key, tally.traffic(measured, now)));
        return all;
    }

    private Duration measured(Instant since, Instant now) {
        if (since.isBefore(now.minus(window))) {
            return window;
        }
        Duration covered = since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
        return covered.compareTo(LEAST) < 0 ? LEAST : covered;
    }

    /** Over which time events were counted, up to now. */
    Duration measured(Instant now) {
        return measured(eventsSince, now);
    }

    /** How far links have come. */
    Progress linked() {
        return links.progress().now();
    }

    /** What of the window was not read, and where links may be missing. */
    List<Omission> incomplete(Instant now) {
        Instant from = now.minus(window);
        Stream<Omission> skipped =
                skippedUntil.isBefore(from)
                        ? Stream.empty()
                        : Stream.of(Omission.between(Bound.TRAFFIC_SAMPLE, from, skippedUntil));
        return Omission.all(skipped, links.incomplete(LinkQuery.since(from)).stream());
    }

    /** How much did not count, as too many take part. */
    long leftOut() {
        return nodes.leftOut() + hops.leftOut();
    }
}
