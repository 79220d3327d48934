package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.EffectCauses;
import io.tradingecosystem.audit.correlation.links.EffectCausesCodec;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Projections;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Links a stored log anew and compares with what was found when it came in. What is compared is all
 * that is known about each effect's causes, byte for byte. The new links are kept in memory.
 */
public final class LinkReplay {
    private static final int BATCH = 1_000;
    private static final int MAX_NAMED = 20;

    private final EventLog log;
    private final Projection live;
    private final Projection anew;
    private final Linker linker;
    private final List<String> differences = new ArrayList<>();
    private long links;
    private long different;
    private long beyond;

    private LinkReplay(EventLog log, EventIndex index, Projections projections, LinkBounds bounds) {
        this.log = log;
        this.live = projections.projection("correlation");
        this.anew = MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("correlation");
        this.linker = Linker.of(anew, index, bounds);
        Linker before = Linker.of(live, index, bounds);
        before.rules().inForceSince(log.firstPosition()).stream()
                .filter(rule -> index.byId(rule.eventId()).isEmpty())
                .forEach(linker.rules()::inherit);
    }

    /**
     * The outcome.
     *
     * @param position the event up to which both were compared
     * @param links how many links there are
     * @param beyond how many effects could not be compared because a cause left the log
     * @param different how many effects have other links now
     * @param differences the first few of them in words
     */
    public record Outcome(
            long position, long links, long beyond, long different, List<String> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Links anew, up to where the live links stand, and compares.
     *
     * @param bounds the same as those of the live links, or there will be differences
     */
    public static Outcome compare(
            EventLog log, EventIndex index, Projections projections, LinkBounds bounds) {
        LinkReplay relinking = new LinkReplay(log, index, projections, bounds);
        relinking.link();
        relinking.compare();
        return new Outcome(
                relinking.live.position(),
                relinking.links,
                relinking.beyond,
                relinking.different,
                relinking.differences);
    }

    private void link() {
        long last = live.position();
        long position = Math.max(0, log.firstPosition() - 1);
        List<AuditEvent> events = log.read(position, BATCH);
        while (!events.isEmpty() && position < last) {
            for (AuditEvent event : events) {
                if (event.position() <= last) {
                    linker.accept(event);
                }
            }
            linker.commit();
            position = events.getLast().position();
            events = log.read(position, BATCH);
        }
    }

    private void compare() {
        long first = log.firstPosition();
        byte[] from = LinkKeys.effectCauses(first);
        live.scan(
                KeyBuilder.table('d'),
                from,
                (key, value) -> {
                    EffectCauses old = EffectCausesCodec.read(value);
                    if (old.reachesBefore(first)) {
                        beyond++;
                    } else {
                        compare(old, value, anew.get(key));
                    }
                    return true;
                });
        anew.scan(
                KeyBuilder.table('d'),
                from,
                (key, value) -> {
                    if (live.get(key).isEmpty()) {
                        note(EffectCausesCodec.read(value), "has links that were not found before");
                    }
                    return true;
                });
    }

    private void compare(EffectCauses old, byte[] bytes, Optional<byte[]> again) {
        links += old.links(0).size();
        if (again.isEmpty()) {
            note(old, "has no links any more");
        } else if (!Arrays.equals(bytes, again.get())) {
            List<Link> now = new ArrayList<>(EffectCausesCodec.read(again.get()).links(0));
            List<Link> before = new ArrayList<>(old.links(0));
            now.removeAll(old.links(0));
            before.removeAll(EffectCausesCodec.read(again.get()).links(0));
            note(old, "had " + before + ", has " + now);
        }
    }

    private void note(EffectCauses effectCauses, String what) {
        different++;
        if (differences.size() < MAX_NAMED) {
            differences.add(
                    effectCauses.effectId()
                            + " at position "
                            + effectCauses.position()
                            + " "
                            + what);
        }
    }
}
