package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.links.EffectCauses;
import io.tradingecosystem.audit.correlation.links.EffectCausesCodec;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkKeys;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.store.Store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Links a stored log anew and compares with what was found when it came in. What is compared is all
 * that is known about each effect's causes, byte for byte.
 */
public final class LinkReplay {
    private final Replay replay;
    private final Linker linker;
    private final long first;

    private LinkReplay(Store store, LinkBounds bounds) {
        this.replay = new Replay(store, LinkService.PROJECTION);
        this.linker = Linker.of(replay.anew(), store.index(), bounds);
        this.first = store.log().firstPosition();
        Linker before = Linker.of(replay.live(), store.index(), bounds);
        before.rules().inForceSince(first).stream()
                .filter(rule -> store.index().byId(rule.eventId()).isEmpty())
                .forEach(linker.rules()::inherit);
    }

    /**
     * Links anew, up to where the live links stand, and compares. Links are counted where they are
     * the same or not, effects where they differ or a cause of theirs left the log.
     *
     * @param bounds the same as those of the live links, or there will be differences
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
                                note(value, "has links that were not found before");
                            }
                            return true;
                        });
    }

    private void compare(byte[] live, Optional<byte[]> anew) {
        EffectCauses old = EffectCausesCodec.read(live);
        if (old.reachesBefore(first)) {
            replay.beyond();
            return;
        }
        replay.compared(old.links(0).size());
        if (anew.isEmpty()) {
            note(live, "has no links any more");
        } else if (!Arrays.equals(live, anew.get())) {
            List<Link> now = new ArrayList<>(EffectCausesCodec.read(anew.get()).links(0));
            List<Link> before = new ArrayList<>(old.links(0));
            now.removeAll(old.links(0));
            before.removeAll(EffectCausesCodec.read(anew.get()).links(0));
            note(live, "had " + before + ", has " + now);
        }
    }

    private void note(byte[] record, String what) {
        EffectCauses effect = EffectCausesCodec.read(record);
        replay.differs(effect.effectId() + " at position " + effect.position() + " " + what);
    }
}
