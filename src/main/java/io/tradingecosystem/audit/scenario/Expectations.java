package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.DefinitionsInForce;
import io.tradingecosystem.audit.definition.Dispatch;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.matching.Joins;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Source;
import io.tradingecosystem.audit.scenario.verdicts.DefinitionJson;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The expectations in force, as events of the log define and withdraw them, and the versions that
 * are still watched. For one thread.
 */
final class Expectations {
    private static final EventLogger LOG = EventLogger.of(Expectations.class);

    private final VerdictStoreWriter writer;
    private final Joins joins;
    private final Sources sources;
    private Tolerances tolerances;
    private final DefinitionsInForce<Expectation> inForce = new DefinitionsInForce<>();

    /** By name and version. */
    private final Map<String, Watched> watched = new TreeMap<>();

    private Dispatch<SoughtSide> sides = Dispatch.of(List.of(), SoughtSide::pattern);
    private Dispatch<Watched> triggers =
            Dispatch.of(List.of(), each -> each.expectation().trigger());
    private Dispatch<Watched> ends = Dispatch.of(List.of(), Watched::end);
    private Dispatch<Measuring> measures = Dispatch.of(List.of(), Measuring::pattern);
    private Consumer<Expectation> again = version -> {};
    private boolean redefined;
    private long nextEnd = Watched.IN_FORCE;
    private long refused;

    /** The expectations as they were with the last commit. */
    Expectations(VerdictStoreWriter writer, Joins joins, Sources sources, Tolerances tolerances) {
        this.writer = writer;
        this.joins = joins;
        this.sources = sources;
        this.tolerances = tolerances;
        writer.scan(
                'x',
                (key, value) -> {
                    recall(JsonRecord.read(value)).ifPresentOrElse(inForce::put, () -> refused++);
                    return true;
                });
        writer.scan(
                'y',
                (key, value) -> {
                    String eventId = JsonRecord.text(JsonRecord.read(value), "event_id");
                    inForce.withdraw(VerdictKeys.text(key), eventId);
                    return true;
                });
        writer.scan(
                'P',
                (key, value) -> {
                    String[] name = VerdictKeys.text(key).split("\0", -1);
                    version(name[0], name[1])
                            .map(each -> Watched.read(value, each, tolerances, joins))
                            .ifPresent(this::keep);
                    return true;
                });
        // What semantics 1 had in force has no joins yet.
        for (Definition<Expectation> each : inForce.all()) {
            watch(each.content());
        }
    }

    /** What an earlier version put in force; absent if this one cannot understand it. */
    static Optional<Definition<Expectation>> recall(JsonNode stored) {
        try {
            return Optional.of(DefinitionJson.definition(stored));
        } catch (InvalidDefinitionException e) {
            LOG.warn("expectation.refused", "reason", e.problems());
            return Optional.empty();
        }
    }

    /** Hears of versions that come into force again. */
    void again(Consumer<Expectation> hears) {
        again = hears;
    }

    /** By these joins are opened from here on; those that are open stay as they are. */
    void decide(Tolerances decided) {
        tolerances = decided;
    }

    /** The expectations in force. */
    DefinitionsInForce<Expectation> inForce() {
        return inForce;
    }

    /** How many expectations of the log could not be read. */
    long refused() {
        return refused;
    }

    /** A version that is or was in force; absent if it cannot be understood any more. */
    Optional<Expectation> version(String name, String version) {
        return Optional.ofNullable(watched.get(key(name, version)))
                .map(Watched::expectation)
                .or(
                        () ->
                                writer.get(VerdictKeys.definition(name, version))
                                        .flatMap(Expectations::recall)
                                        .map(Definition::content));
    }

    /** The longest that an occurrence is watched by any version that is known. */
    Duration longest() {
        return watched.values().stream()
                .map(each -> each.expectation().watched())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The sides that an event may be an effect of, for any version that is watched. */
    List<SoughtSide> soughtBy(AuditEvent event) {
        sort();
        return sides.to(event);
    }

    /** Whether a version is in force, so that triggers of it may come. */
    boolean isInForce(Expectation version) {
        return inForce.find(version.name())
                .filter(each -> each.version().equals(version.version()))
                .isPresent();
    }

    /** From what occurred_at on a version was told all of its runs, in nanoseconds. */
    long heardFrom(Expectation version) {
        return Optional.ofNullable(watched.get(key(version.name(), version.version())))
                .map(Watched::heardFrom)
                .orElseGet(this::unseen);
    }

    /** Whether the expectation of a window asks whether services are alive. */
    boolean asksWhetherAlive(Window window) {
        return version(window.expectation(), window.expectationVersion())
                .filter(each -> each.sources().stream().anyMatch(Source::isProbed))
                .isPresent();
    }

    /** The expectations in force that an event may be the trigger of. */
    List<Watched> triggeredBy(AuditEvent event) {
        sort();
        return triggers.to(event);
    }

    /** The versions of which an event may end a run. */
    List<Watched> endedBy(AuditEvent event) {
        sort();
        return ends.to(event);
    }

    /** What an event may be measured by. */
    List<Measuring> measuredBy(AuditEvent event) {
        sort();
        return measures.to(event);
    }

    /** Takes in an event about an expectation. */
    void define(AuditEvent event) {
        if (VerdictEvents.EXPECTATIONS.isWithdrawal(event)) {
            if (!isOfAnother(event)) {
                withdraw(VerdictEvents.EXPECTATIONS.name(event), event.id());
            }
            return;
        }
        try {
            put(VerdictEvents.EXPECTATIONS.definition(event));
        } catch (InvalidDefinitionException e) {
            refused++;
            LOG.warn("expectation.refused", "event", event.id(), "reason", e.problems());
        }
    }

    /** A file may have come to define what somebody just withdrew; it says whether it is gone. */
    private boolean isOfAnother(AuditEvent withdrawal) {
        return !withdrawal.attribute("origin").equals(Definition.FILE)
                && inForce.find(VerdictEvents.EXPECTATIONS.name(withdrawal))
                        .filter(Definition::isFromFile)
                        .isPresent();
    }

    /** Puts an expectation in force, also one whose event is no longer in the log. */
    void put(Definition<Expectation> definition) {
        inForce.find(definition.name()).ifPresent(before -> retire(before.content()));
        inForce.put(definition);
        var stored = DefinitionJson.toJson(definition);
        writer.put(VerdictKeys.inForce(definition.name()), stored);
        writer.delete(VerdictKeys.withdrawn(definition.name()));
        byte[] version = VerdictKeys.definition(definition.name(), definition.version());
        boolean wasThere = writer.get(version).isPresent();
        writer.put(version, stored);
        if (watch(definition.content()) && wasThere) {
            again.accept(definition.content());
        }
    }

    private void withdraw(String name, String eventId) {
        inForce.find(name).ifPresent(definition -> retire(definition.content()));
        inForce.withdraw(name, eventId);
        writer.delete(VerdictKeys.inForce(name));
        writer.put(VerdictKeys.withdrawn(name), DefinitionJson.withdrawal(eventId));
    }

    /** Withdraws what somebody put in force in our words while doors took them. */
    void withdrawPretended(EventIndex index) {
        for (Definition<Expectation> each : List.copyOf(inForce.all())) {
            index.byId(each.eventId())
                    .filter(AuditEvent::isPretended)
                    .ifPresent(event -> withdraw(each.name(), event.id()));
        }
    }

    /** All versions whose joins are fed, by name and version. */
    Collection<Watched> watched() {
        return watched.values();
    }

    /** Feeds the joins of a version; those of one that was just replaced have missed nothing. */
    private boolean watch(Expectation expectation) {
        Watched known = watched.get(key(expectation.name(), expectation.version()));
        if (known != null && known.isInForce()) {
            return false;
        }
        record(known == null ? opened(expectation) : known.again(unseen()));
        return true;
    }

    private Watched opened(Expectation expectation) {
        int first = (int) writer.counters().joins;
        writer.counters().joins += expectation.parts().size();
        return Watched.open(expectation, first, unseen(), tolerances, joins);
    }

    /** From what occurred_at on nothing has come yet, whichever clock is ahead. */
    private long unseen() {
        long skew = Nanos.of(tolerances.clockSkew().max());
        long recorded = Nanos.plus(writer.counters().recorded, skew);
        return Nanos.plus(Math.max(recorded, writer.counters().occurred), 1);
    }

    /** Begins all joins anew. What they kept so far is to be looked for in the store. */
    void rejoin() {
        for (Watched version : List.copyOf(watched.values())) {
            version.joins().forEach(joins::close);
            record(opened(version.expectation()).until(version.until()));
        }
    }

    private void retire(Expectation expectation) {
        Watched known = watched.get(key(expectation.name(), expectation.version()));
        if (known != null) {
            record(known.until(known.lastWindow(writer.counters().now, tolerances)));
        }
    }

    private void record(Watched version) {
        keep(version);
        Expectation expectation = version.expectation();
        writer.transaction()
                .put(
                        VerdictKeys.watched(expectation.name(), expectation.version()),
                        version.bytes());
    }

    private void keep(Watched version) {
        Expectation expectation = version.expectation();
        watched.put(key(expectation.name(), expectation.version()), version);
        sources.listen(expectation);
        nextEnd = Math.min(nextEnd, version.until());
        redefined = true;
    }

    /** Ends what nothing can be asked of any more, by the log's clock. */
    void expire(long now) {
        if (now <= nextEnd) {
            return;
        }
        List<Watched> over = watched.values().stream().filter(each -> each.until() < now).toList();
        for (Watched version : over) {
            Expectation expectation = version.expectation();
            watched.remove(key(expectation.name(), expectation.version()));
            writer.delete(VerdictKeys.watched(expectation.name(), expectation.version()));
            version.joins().forEach(joins::close);
        }
        redefined = true;
        nextEnd =
                watched.values().stream().mapToLong(Watched::until).min().orElse(Watched.IN_FORCE);
    }

    private static String key(String name, String version) {
        return name + "@" + version;
    }

    /** Definitions change in bursts, and are sorted when the burst is over. */
    private void sort() {
        if (!redefined) {
            return;
        }
        Map<Integer, List<Sought>> sought = new TreeMap<>();
        for (Watched version : watched.values()) {
            List<Part> looked = version.expectation().parts();
            for (int part = 0; part < looked.size(); part++) {
                Sought each = new Sought(version, part);
                int side = each.join().shared().origin().number();
                sought.computeIfAbsent(side, fresh -> new ArrayList<>()).add(each);
            }
        }
        List<Watched> opening = watched.values().stream().filter(Watched::isInForce).toList();
        sides =
                Dispatch.of(
                        sought.values().stream().map(SoughtSide::of).toList(), SoughtSide::pattern);
        ends =
                Dispatch.of(
                        watched.values().stream().filter(Watched::hasEnd).toList(), Watched::end);
        measures =
                Dispatch.of(
                        watched.values().stream()
                                .map(Watched::expectation)
                                .flatMap(Measuring::of)
                                .toList(),
                        Measuring::pattern);
        triggers = Dispatch.of(opening, each -> each.expectation().trigger());
        redefined = false;
    }
}
