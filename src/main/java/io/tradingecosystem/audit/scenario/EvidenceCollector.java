package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.Glob;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.LateSearch;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Source;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Collects what one verdict was made of: the events of the log that may count for its parts, or be
 * a near miss, the triggers around, signs of life, gaps, settings and the versions of the
 * expectation. For one verdict and one thread.
 */
public final class EvidenceCollector {
    private static final int BUDGET = 100_000;

    private final Store store;
    private final Projection projection;
    private final VerdictSettings own;
    private final LateSearch search;
    private final TreeMap<Long, AuditEvent> events = new TreeMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private final long position;

    /**
     * Collects from a log whose verdicts were made.
     *
     * @param setup by what is judged for as long as the log says nothing
     */
    public EvidenceCollector(Store store, VerdictSetup setup) {
        this.store = store;
        this.projection = store.projections().projection(VerdictService.PROJECTION);
        this.own = new VerdictSettings(setup.tolerances(), setup.bounds());
        this.search = new LateSearch(store.index(), BUDGET);
        this.position = projection.position();
    }

    /** The bundle of a verdict; empty if there is no such verdict. */
    public Optional<EvidenceBundle> collect(String verdictId) {
        var reader = new VerdictStoreReader(projection, store.index());
        return reader.verdict(verdictId).map(verdict -> collect(verdict, reader));
    }

    private EvidenceBundle collect(Verdict verdict, VerdictStoreReader reader) {
        VerdictSettings settings =
                new SettingsInForce(new StoreTransaction(projection), own).settings();
        decisions(verdict);
        definition(verdict)
                .map(Definition::content)
                .ifPresent(each -> evidence(verdict, each, settings.tolerances()));
        if (store.index().byId(verdict.triggerId()).isEmpty()) {
            leftOut.add("the trigger is not in the log any more");
        }
        ObjectNode json = VerdictJson.write(verdict);
        var versions = json.putArray("versions");
        reader.versions(verdict.id()).forEach(each -> versions.add(VerdictJson.write(each)));
        return new EvidenceBundle(
                json,
                json(settings),
                Referee.SEMANTICS,
                store.log().id(),
                List.copyOf(events.values()),
                leftOut);
    }

    private static ObjectNode json(VerdictSettings settings) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        VerdictSettings.of(settings.tolerances(), settings.bounds()).values().forEach(node::put);
        return node;
    }

    /** What decides: settings and semantics, gaps, the expectation. */
    private void decisions(Verdict verdict) {
        for (String type : List.of(OwnWords.SETTINGS, OwnWords.SEMANTICS, OwnWords.GAP)) {
            take(type, type(type), Long.MIN_VALUE, Long.MAX_VALUE, each -> true);
        }
        take(
                "versions of the expectation",
                type(OwnWords.EXPECTATION),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                each -> VerdictEvents.EXPECTATIONS.name(each).equals(verdict.expectation()));
    }

    private static EventPattern type(String type) {
        return new EventPattern(List.of(), List.of(new Glob(type)), Optional.empty(), Map.of());
    }

    private Optional<Definition<Expectation>> definition(Verdict verdict) {
        return projection
                .get(VerdictKeys.definition(verdict.expectation(), verdict.expectationVersion()))
                .map(JsonRecord::read)
                .flatMap(Expectations::recall);
    }

    private void evidence(Verdict verdict, Expectation expectation, Tolerances tolerances) {
        long at = Times.toEpochNanos(verdict.triggeredAt());
        long skew = Nanos.of(tolerances.clockSkew().max());
        long longest = Nanos.plus(Nanos.of(expectation.within()), skew);
        long reach = Nanos.plus(longest, NearMisses.lookBehind(expectation.within()));
        long before = Nanos.plus(at, -Nanos.plus(reach, NearMisses.lookBefore()));
        take("triggers", expectation.trigger(), before, Nanos.plus(at, reach), this::isEvidence);
        for (Part part : expectation.parts()) {
            long from = Nanos.plus(at, -Nanos.plus(skew, NearMisses.lookBefore()));
            take(part.name(), part.pattern(), from, Nanos.plus(at, reach), this::isEvidence);
        }
        for (Source source : expectation.sources()) {
            source(verdict, source, skew, reach);
        }
    }

    private void source(Verdict verdict, Source source, long skew, long reach) {
        if (source.isProbed()) {
            take(source.clause(), dead(source), Long.MIN_VALUE, Long.MAX_VALUE, each -> true);
        } else {
            long at = Times.toEpochNanos(verdict.triggeredAt());
            long far = Nanos.plus(Nanos.of(source.every()), SourceCoverage.LOOK_BEFORE);
            long from = Nanos.plus(at, -Nanos.plus(skew, far));
            take(source.clause(), of(source), from, Nanos.plus(at, reach + far), this::isEvidence);
        }
    }

    /** Whenever it died: it may be dead since long before. */
    private static EventPattern dead(Source source) {
        return new EventPattern(
                List.of(new Glob(source.service())),
                List.of(new Glob(OwnWords.SOURCE)),
                Optional.empty(),
                Map.of());
    }

    private static EventPattern of(Source source) {
        return new EventPattern(
                List.of(new Glob(source.service())), List.of(), Optional.empty(), Map.of());
    }

    private boolean isEvidence(AuditEvent event) {
        return !VerdictEvents.isOwn(event);
    }

    private void take(
            String what, EventPattern pattern, long from, long to, Predicate<AuditEvent> wanted) {
        int room = EvidenceBundle.MAX_EVENTS - events.size();
        LateSearch.Found found =
                search.find(pattern, Map.of(), from, to, position, room + 1, wanted);
        found.events().stream().limit(room).forEach(each -> events.put(each.position(), each));
        if (!found.complete() || found.events().size() > room) {
            leftOut.add(
                    "some of %s: more than %d events were looked at, or %d found"
                            .formatted(what, BUDGET, EvidenceBundle.MAX_EVENTS));
        }
    }
}
