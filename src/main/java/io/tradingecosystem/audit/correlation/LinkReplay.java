package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.EffectCauses;
import io.tradingecosystem.audit.correlation.links.EffectCausesCodec;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.correlation.links.MergedKeys;
import io.tradingecosystem.audit.correlation.links.ParentEffects;
import io.tradingecosystem.audit.projection.DecisionsInForce;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.Store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Links a stored log anew and compares with what was found when it came in. What is compared is all
 * that is known about each effect's causes, byte for byte.
 */
public final class LinkReplay {
    /** All tables of spans but those of the effects that name a parent, which are in batches. */
    private static final List<Character> COMPARED =
            List.of(LinkKeys.SPAN_EVENTS, LinkKeys.SPAN_EFFECTS, LinkKeys.OF_SPAN_LINKS);

    private final Replay replay;
    private final Linker linker;
    private final Linker before;
    private final long first;

    private LinkReplay(Store store, LinkBounds bounds) {
        this.replay = new Replay(store, LinkService.PROJECTION);
        this.linker = Linker.of(replay.anew(), store.index(), bounds);
        this.first = store.log().firstPosition();
        this.before = Linker.of(replay.live(), store.index(), bounds);
        linker.inherit(before.writer().decisions(), first);
        // Both write a key for each event to the same place.
        linker.writer().counters().singlyTo = before.writer().counters().singlyTo;
        before.rules().inForceSince(first).stream()
                .filter(rule -> store.index().byId(rule.eventId()).isEmpty())
                .forEach(linker.rules()::inherit);
    }

    /**
     * Links anew, up to where the live links stand, and compares. Links are counted where they are
     * the same or not, effects where they differ or a cause of theirs left the log.
     *
     * @param bounds those of the live links before the log said by which; from there on, what the
     *     log says holds
     */
    public static Replay.Outcome compare(Store store, LinkBounds bounds) {
        LinkReplay relinking = new LinkReplay(store, bounds);
        relinking.link();
        relinking.compare();
        return relinking.replay.outcome();
    }

    private void link() {
        replay.walk(
                events -> {
                    events.forEach(linker::accept);
                    linker.commit();
                });
    }

    private void compare() {
        compareEvictions();
        COMPARED.forEach(this::compareSpans);
        compareParents();
        byte[] table = KeyBuilder.table('d');
        byte[] from = LinkKeys.effectCauses(first);
        replay.live()
                .scan(
                        table,
                        from,
                        (key, value) -> {
                            compare(value, replay.anew().get(key));
                            return true;
                        });
        replay.anew()
                .scan(
                        table,
                        from,
                        (key, value) -> {
                            if (replay.live().get(key).isEmpty()) {
                                added(value);
                            }
                            return true;
                        });
    }

    /**
     * What the memory lost is a function of the log. Of a log that begins later it may be another:
     * what was remembered before is not known.
     */
    private void compareEvictions() {
        List<MissingStretches.Stretch> live = before.evictions().stretches(first);
        List<MissingStretches.Stretch> anew = linker.evictions().stretches(first);
        long lost = before.writer().counters().evicted;
        long lostAnew = linker.writer().counters().evicted;
        if (lost > 0 || lostAnew > 0) {
            replay.remark(
                    "links may be missing: of the events that waited for causes and effects %,d were evicted live, %,d in the replay"
                            .formatted(lost, lostAnew));
        }
        if (live.equals(anew)) {
            return;
        }
        boolean comparable =
                Stream.concat(live.stream(), anew.stream())
                        .allMatch(each -> decisions().isComparable(each.position()));
        if (first > 1 || !comparable) {
            replay.notComparable(1);
        } else {
            replay.differs("other events were evicted: " + live + ", now " + anew);
        }
    }

    /** Whether links of an effect may be missing live or anew, but not for the same reason. */
    private boolean isEvictedOtherwise(EffectCauses effect) {
        boolean touched =
                before.evictions().touches(effect.effectAt())
                        || linker.evictions().touches(effect.effectAt());
        return touched && first > 1;
    }

    private void compare(byte[] live, Optional<byte[]> anew) {
        EffectCauses old = EffectCausesCodec.read(live).withoutSpans();
        EffectCauses now =
                anew.map(EffectCausesCodec::read)
                        .orElse(new EffectCauses(old.position(), old.effectId(), old.effectAt()));
        if (old.reachesBefore(first)) {
            replay.beyond();
        } else if (!decisions().isComparable(old.position())) {
            replay.notComparable(old.links(0).size());
        } else if (isSame(old, now)) {
            replay.compared(old.links(0).size());
        } else if (isEvictedOtherwise(old)) {
            replay.notComparable(old.links(0).size());
        } else if (old.reachesBefore(since(old)) || now.reachesBefore(since(old))) {
            replay.notComparable(old.links(0).size());
        } else {
            replay.compared(old.links(0).size());
            note(live, difference(old.links(0), now.links(0)));
        }
    }

    private static boolean isSame(EffectCauses old, EffectCauses now) {
        return Arrays.equals(EffectCausesCodec.write(old), EffectCausesCodec.write(now));
    }

    /** What links of spans follow from is a function of each event by itself. */
    private void compareSpans(char table) {
        replay.live()
                .scan(
                        table,
                        (key, value) -> {
                            compareSpan(
                                    LinkKeys.eventOfSpan(key),
                                    true,
                                    replay.anew().get(key).isPresent());
                            countSpan(key);
                            return true;
                        });
        replay.anew()
                .scan(
                        table,
                        (key, value) -> {
                            compareSpan(
                                    LinkKeys.eventOfSpan(key),
                                    replay.live().get(key).isPresent(),
                                    true);
                            return true;
                        });
    }

    /** In however many records they are. */
    private void compareParents() {
        MergedKeys live = ParentEffects.newestFirst(replay.live());
        MergedKeys anew = ParentEffects.newestFirst(replay.anew());
        Optional<byte[]> one = live.next();
        Optional<byte[]> other = anew.next();
        while (one.isPresent() || other.isPresent()) {
            int order = order(one, other);
            compareSpan(
                    LinkKeys.effect((order <= 0 ? one : other).orElseThrow()),
                    order <= 0,
                    order >= 0);
            one = order <= 0 ? live.next() : one;
            other = order >= 0 ? anew.next() : other;
        }
    }

    /** What is not there comes last. */
    private static int order(Optional<byte[]> one, Optional<byte[]> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        return Arrays.compareUnsigned(one.get(), other.get());
    }

    private void countSpan(byte[] key) {
        if (key[0] == LinkKeys.SPAN_EFFECTS && LinkKeys.eventOfSpan(key) >= first) {
            replay.compared(1);
        }
    }

    private void compareSpan(long position, boolean live, boolean anew) {
        if (position < first || (live && anew)) {
            return;
        }
        if (live || before.writer().counters().knowsSpansAt(position)) {
            replay.differs("the event at position %d is found by other spans".formatted(position));
        } else {
            replay.notComparable(1);
        }
    }

    private DecisionsInForce decisions() {
        return linker.writer().decisions();
    }

    /** A cause before here was remembered by semantics that knew less of it, or other things. */
    private long since(EffectCauses effect) {
        return decisions().semanticsSince(effect.position());
    }

    /** An effect that had no links. */
    private void added(byte[] anew) {
        EffectCauses now = EffectCausesCodec.read(anew);
        if (isEvictedOtherwise(now)) {
            replay.notComparable(now.links(0).size());
        } else if (decisions().isComparable(now.position()) && !now.reachesBefore(since(now))) {
            note(anew, "has links that were not found before");
        }
    }

    private static String difference(List<Link> before, List<Link> now) {
        List<Link> gone = new ArrayList<>(before);
        List<Link> added = new ArrayList<>(now);
        gone.removeAll(now);
        added.removeAll(before);
        return now.isEmpty() ? "has no links any more" : "had " + gone + ", has " + added;
    }

    private void note(byte[] record, String what) {
        EffectCauses effect = EffectCausesCodec.read(record);
        replay.differs(effect.effectId() + " at position " + effect.position() + " " + what);
    }
}
