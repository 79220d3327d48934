package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkEvents;
import io.tradingecosystem.audit.correlation.links.LinkStoreReader;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.DefinitionReport;
import io.tradingecosystem.audit.definition.DefinitionSource;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.projection.RecordedLog;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Selection;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links what is recorded already, once, by rules that were in force all the time. */
public final class OfflineLinks {
    private OfflineLinks() {}

    /**
     * What was found.
     *
     * @param links in the order of their effects' occurred_at
     * @param incomplete over which times links may be missing
     */
    public record Found(List<Link> links, List<Omission> incomplete) {
        public Found {
            links = List.copyOf(links);
            incomplete = List.copyOf(incomplete);
        }
    }

    /**
     * The links of a recording, in the order of their effects' occurred_at.
     *
     * @param recording complete events in any order; recorded_at is taken as occurred_at where it
     *     is not set. An id that comes twice counts once
     * @param rules a folder; absent means the shipped ones
     * @throws InvalidDefinitionException naming every problem of the folder
     */
    public static List<Link> of(
            List<AuditEvent> recording, Optional<Path> rules, LinkBounds bounds) {
        return find(recording, rules, Map.of(), bounds).links();
    }

    /**
     * The same, and which links may be missing.
     *
     * @param parameters values for what rules name as parameters, instead of those there
     */
    public static Found find(
            List<AuditEvent> recording,
            Optional<Path> rules,
            Map<String, String> parameters,
            LinkBounds bounds) {
        List<AuditEvent> definitions =
                new DefinitionSource<>(RuleReader.KIND.with(parameters), rules)
                        .read().stream()
                                .map(
                                        rule ->
                                                LinkEvents.RULES.inForce(
                                                        "verify", Instant.EPOCH, rule, ""))
                                .toList();
        MemoryStore store =
                RecordedLog.of(definitions, recording, OfflineLinks::isSaidAnew).store();
        Projection projection = store.projection(LinkService.PROJECTION);
        Linker linker = Linker.of(projection, store, bounds);
        Replay.walk(
                store,
                events -> {
                    events.forEach(linker::accept);
                    linker.commit();
                });
        LinkStoreReader reader = new LinkStoreReader(projection, store, store);
        return new Found(
                reader.all().reversed(), reader.incomplete(Selection.BEGINNING, Selection.END));
    }

    /**
     * What is to be said about the rules of a folder.
     *
     * @param rules a folder; absent means the shipped ones
     */
    public static DefinitionReport check(Optional<Path> rules) {
        return DefinitionReport.of(
                new DefinitionSource<>(RuleReader.KIND, rules), Definition::warnings);
    }

    private static boolean isSaidAnew(AuditEvent event) {
        return event.type().equals(LinkEvents.RULE) || DecisionEvents.isOwn(event);
    }
}
