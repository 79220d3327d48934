package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.LongMap;
import io.tradingecosystem.audit.correlation.links.EffectCauses;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Cause;
import io.tradingecosystem.audit.correlation.links.EffectCauses.CauseSet;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.EffectCausesCodec;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.links.LinkSettings;
import io.tradingecosystem.audit.correlation.links.LinkStoreReader;
import io.tradingecosystem.audit.projection.DecisionsInForce;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * The records of causes with the indexes by which links are found, and the counts, as kept in a
 * projection. Changes collect until {@link #commit}. For the one thread that links; {@link
 * LinkStoreReader} reads beside it.
 */
final class LinkStoreWriter {
    private static final byte[] NOTHING = {};

    private final StoreTransaction transaction;
    private final Set<EffectCauses> changed = new LinkedHashSet<>();
    private final LongMap<EffectCauses> causesByPosition = new LongMap<>();
    private final List<Long> visitors = new ArrayList<>();
    private final Map<String, Long> found = new TreeMap<>();
    private final Set<String> counted = new LinkedHashSet<>();
    private final List<Found> news = new ArrayList<>();
    private final LinkCounters counters;
    private final LinkSequenceWriter sequence;
    private final DecisionsInForce decisions;
    private long position;
    private long recordedAt;

    /** Events behind it have no record but those of {@link #causesByPosition}. */
    private long recordedTo;

    private LinkStoreWriter(Projection projection) {
        this.transaction = new StoreTransaction(projection);
        this.position = transaction.position();
        this.recordedTo = position;
        this.counters =
                transaction
                        .bytes(LinkKeys.counters())
                        .map(LinkCounters::read)
                        .orElseGet(LinkCounters::new);
        counters.begin(position);
        this.sequence = new LinkSequenceWriter(transaction, counters);
        this.decisions = new DecisionsInForce(LinkSettings.KIND, transaction);
        transaction.scan(
                'k',
                (key, value) -> {
                    found.put(LinkKeys.text(key), new ByteReader(value).number());
                    return true;
                });
    }

    static LinkStoreWriter of(Projection projection) {
        return new LinkStoreWriter(projection);
    }

    /**
     * A link that was found.
     *
     * @param label its rule, or its kind
     * @param recordedAt of the event that made it known, in nanoseconds since the epoch
     */
    record Found(String label, long recordedAt) {}

    long position() {
        return position;
    }

    LinkCounters counters() {
        return counters;
    }

    /** By what is linked, as the log says. */
    DecisionsInForce decisions() {
        return decisions;
    }

    /** How many links were found, by rule or kind; those that were replaced count too. */
    Map<String, Long> found() {
        return found;
    }

    /** Goes on to an event. */
    void enter(long newPosition, long newRecordedAt) {
        position = newPosition;
        recordedAt = newRecordedAt;
    }

    void put(byte[] key, byte[] value) {
        transaction.put(key, value);
    }

    void delete(byte[] key) {
        transaction.delete(key);
    }

    /** What is known about the causes of an event that is remembered, or just came. */
    EffectCauses effectCauses(PendingEvent effect) {
        EffectCauses known = causesByPosition.get(effect.position());
        if (known == null) {
            known = effect.position() > recordedTo ? empty(effect) : stored(effect);
            causesByPosition.put(effect.position(), known);
        }
        return known;
    }

    /** The same for an event that nobody remembers; it is not kept in memory. */
    EffectCauses visit(PendingEvent effect) {
        if (causesByPosition.get(effect.position()) == null) {
            visitors.add(effect.position());
            recordedTo = Math.max(recordedTo, effect.position());
        }
        return effectCauses(effect);
    }

    /** An event is no longer remembered. */
    void forget(PendingEvent event) {
        if (causesByPosition.get(event.position()) != null) {
            visitors.add(event.position());
        }
    }

    /** What is on record about the causes of an event. */
    EffectCauses stored(PendingEvent effect) {
        return transaction
                .bytes(LinkKeys.effectCauses(effect.position()))
                .map(EffectCausesCodec::read)
                .orElseGet(() -> empty(effect));
    }

    private static EffectCauses empty(PendingEvent effect) {
        return new EffectCauses(effect.position(), effect.id(), effect.at());
    }

    /** Says anew what is known in one way about an effect's causes. */
    void set(EffectCauses effectCauses, Evidence evidence, CauseSet now) {
        CauseSet before = effectCauses.causes(evidence);
        if (before.equals(now)) {
            return;
        }
        boolean ruled = hasRule(effectCauses, evidence);
        effectCauses.set(evidence, now);
        changed.add(effectCauses);
        for (Cause cause : now.causes()) {
            if (!before.causes().contains(cause)) {
                add(effectCauses, evidence, cause);
            }
        }
        for (Cause cause : before.causes()) {
            if (!now.causes().contains(cause) && !effectCauses.names(cause.position())) {
                delete(ofCause(effectCauses, cause));
            }
        }
        if (now.cut() && !before.cut()) {
            counters.cut++;
        }
        boolean rules = hasRule(effectCauses, evidence);
        if (ruled != rules) {
            if (rules) {
                put(ofEvidence(effectCauses, evidence), NOTHING);
            } else {
                delete(ofEvidence(effectCauses, evidence));
            }
        }
    }

    private void add(EffectCauses effectCauses, Evidence evidence, Cause cause) {
        put(ofCause(effectCauses, cause), NOTHING);
        sequence.add(
                new ByteWriter(32)
                        .number(effectCauses.position())
                        .number(cause.position())
                        .octet(EffectCausesCodec.code(evidence.kind()))
                        .text(evidence.rule())
                        .bytes());
        count(evidence);
    }

    /** Puts something where watchers find it. */
    void sequence(byte[] entry) {
        sequence.add(entry);
    }

    /** Counts a link that the event that was entered made known. */
    void count(Evidence evidence) {
        found.merge(evidence.label(), 1L, Long::sum);
        counted.add(evidence.label());
        news.add(new Found(evidence.label(), recordedAt));
    }

    private static boolean hasRule(EffectCauses effectCauses, Evidence evidence) {
        return effectCauses.causeSets().keySet().stream()
                .anyMatch(
                        each ->
                                each.kind() == evidence.kind()
                                        && each.rule().equals(evidence.rule()));
    }

    private static byte[] ofCause(EffectCauses effectCauses, Cause cause) {
        return LinkKeys.ofCause(cause.position(), effectCauses.effectAt(), effectCauses.position());
    }

    private static byte[] ofEvidence(EffectCauses effectCauses, Evidence evidence) {
        byte[] prefix = LinkKeys.ofEvidence(new Evidence(evidence.kind(), evidence.rule()));
        return LinkKeys.ofEvidence(prefix, effectCauses.effectAt(), effectCauses.position());
    }

    /** Removes an effect with all its links. */
    void drop(EffectCauses effectCauses) {
        effectCauses
                .causeSets()
                .forEach(
                        (evidence, causes) -> {
                            delete(ofEvidence(effectCauses, evidence));
                            for (Cause cause : causes.causes()) {
                                delete(ofCause(effectCauses, cause));
                            }
                        });
        delete(LinkKeys.newest(effectCauses.effectAt(), effectCauses.position()));
        delete(LinkKeys.effectCauses(effectCauses.position()));
        causesByPosition.remove(effectCauses.position());
        changed.remove(effectCauses);
    }

    /** Visits the committed records of a table. */
    void scan(char table, BiPredicate<byte[], byte[]> visitor) {
        transaction.scan(table, visitor);
    }

    /** The same of records behind a prefix, from a key on. */
    void scan(byte[] prefix, byte[] from, BiPredicate<byte[], byte[]> visitor) {
        transaction.scan(prefix, from, visitor);
    }

    /** Commits what has changed, and the position. Gives the links that were found. */
    List<Found> commit() {
        for (EffectCauses effectCauses : changed) {
            byte[] newest = LinkKeys.newest(effectCauses.effectAt(), effectCauses.position());
            if (effectCauses.isEmpty()) {
                delete(newest);
                delete(LinkKeys.effectCauses(effectCauses.position()));
            } else {
                put(newest, NOTHING);
                put(
                        LinkKeys.effectCauses(effectCauses.position()),
                        EffectCausesCodec.write(effectCauses));
            }
        }
        for (String label : counted) {
            put(
                    LinkKeys.found(label),
                    new ByteWriter(8).number(found.getOrDefault(label, 0L)).bytes());
        }
        sequence.write();
        put(LinkKeys.counters(), counters.bytes());
        transaction.commit(position);
        visitors.forEach(causesByPosition::remove);
        visitors.clear();
        changed.clear();
        counted.clear();
        List<Found> done = List.copyOf(news);
        news.clear();
        return done;
    }
}
