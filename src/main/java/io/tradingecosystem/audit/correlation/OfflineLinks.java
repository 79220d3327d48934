package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkPage;
import io.tradingecosystem.audit.correlation.links.LinkQuery;
import io.tradingecosystem.audit.correlation.links.LinkStoreReader;
import io.tradingecosystem.audit.correlation.rules.InvalidRuleException;
import io.tradingecosystem.audit.correlation.rules.RuleDefinition;
import io.tradingecosystem.audit.correlation.rules.RuleSource;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Links what is recorded already, once, by rules that were in force all the time. */
public final class OfflineLinks {
    private static final int PAGE = 1_000;

    private OfflineLinks() {}

    /**
     * The links of a recording, in the order of their effects' occurred_at.
     *
     * @param recording complete events in any order; recorded_at is taken as occurred_at where it
     *     is not set. An id that comes twice counts once
     * @param rules a folder; absent means the shipped ones
     * @throws InvalidRuleException naming every problem of the folder
     */
    public static List<Link> of(
            List<AuditEvent> recording, Optional<Path> rules, LinkBounds bounds) {
        Instant[] time = {Instant.EPOCH};
        MemoryStore store = MemoryStore.create(() -> time[0], Set.of());
        for (RuleDefinition rule : new RuleSource(rules).read()) {
            store.append(List.of(LinkEvents.rule("verify", Instant.EPOCH, rule, "")));
        }
        List<AuditEvent> ordered = new ArrayList<>(recording);
        ordered.replaceAll(OfflineLinks::recorded);
        ordered.sort(
                Comparator.comparing(AuditEvent::recordedAt)
                        .thenComparing(AuditEvent::occurredAt)
                        .thenComparing(AuditEvent::id));
        for (AuditEvent event : ordered) {
            if (!event.type().equals(LinkEvents.RULE)) {
                time[0] = event.recordedAt();
                store.append(List.of(event.toBuilder().position(0).build()));
            }
        }
        Projection projection = store.projection("correlation");
        Linker linker = Linker.of(projection, store, bounds);
        List<AuditEvent> events = store.read(0, PAGE);
        while (!events.isEmpty()) {
            events.forEach(linker::accept);
            linker.commit();
            events = store.read(linker.writer().position(), PAGE);
        }
        return all(new LinkStoreReader(projection, store, store));
    }

    private static List<Link> all(LinkStoreReader reader) {
        List<Link> links = new ArrayList<>();
        LinkPage page = reader.list(LinkQuery.any(PAGE));
        links.addAll(page.links());
        while (!page.nextPageToken().isEmpty()) {
            page = reader.list(LinkQuery.any(PAGE).from(page.nextPageToken()));
            links.addAll(page.links());
        }
        return links.reversed();
    }

    private static AuditEvent recorded(AuditEvent event) {
        return event.recordedAt().equals(Instant.EPOCH)
                ? event.stored(0, event.occurredAt())
                : event;
    }
}
