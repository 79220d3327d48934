package io.tradingecosystem.audit.store;

import org.rocksdb.RocksDBException;

import java.util.List;
import java.util.Optional;

/** Compares the hashes that were noted of segments with those that they have now. */
final class SealCheck {
    private final Tables tables;
    private final DamageRegister damages;
    private int sealed;

    SealCheck(Tables tables, DamageRegister damages) {
        this.tables = tables;
        this.damages = damages;
    }

    /** How many are the same. */
    int sealed() {
        return sealed;
    }

    /** Looks at all that are kept, but those that have lost events. */
    void check(Segments segments, List<PositionRange> lost) {
        for (Segment segment : segments.kept()) {
            long end = segments.end(segment) - 1;
            if (lost.stream().noneMatch(range -> range.overlaps(segment.first(), end))) {
                check(segment, end);
            }
        }
    }

    private void check(Segment segment, long end) {
        try {
            Optional<SegmentSeal> noted = SegmentSeal.read(tables, segment.number());
            if (noted.isEmpty()) {
                return;
            }
            if (noted.get().isSame(anew(segment, end, noted.get()))) {
                sealed++;
            } else {
                damages.note(
                        new Damage(
                                "",
                                segment.first(),
                                end,
                                "the events of segment "
                                        + segment.number()
                                        + " are others than those that its hash was made of"));
            }
        } catch (RocksDBException e) {
            damages.note(DamageRegister.of(e));
        }
    }

    private SegmentSeal anew(Segment segment, long end, SegmentSeal noted) throws RocksDBException {
        SegmentHash hash = new SegmentHash(segment.first(), end + 1, noted.before());
        while (hash.take(tables, Long.MAX_VALUE)) {
            // As long as there is more.
        }
        return hash.seal();
    }
}
