package io.tradingecosystem.audit.store;

import org.rocksdb.RocksDBException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares the hashes that were noted of segments with those that they have now, and each with the
 * one before, from which it was made.
 */
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

    /** Looks at all that are kept; of those that have lost events, only at what they follow. */
    void check(Segments segments, List<PositionRange> lost) {
        List<Segment> kept = segments.kept();
        Optional<SegmentSeal> before = noted(kept.getFirst().number() - 1);
        Optional<Segment> unsealed = Optional.empty();
        for (Segment segment : kept) {
            Optional<SegmentSeal> noted = noted(segment.number());
            if (noted.isPresent()) {
                unsealed.ifPresent(each -> missing(each, segments, segment));
                check(segment, segments.end(segment) - 1, noted.get(), before, lost);
            }
            unsealed =
                    noted.isPresent() ? Optional.empty() : unsealed.or(() -> Optional.of(segment));
            before = noted;
        }
    }

    /** They are made oldest first. */
    private void missing(Segment segment, Segments segments, Segment later) {
        note(
                segment,
                segments.end(segment) - 1,
                "the hash of segment %d is missing, though segment %d has one"
                        .formatted(segment.number(), later.number()));
    }

    private void check(
            Segment segment,
            long end,
            SegmentSeal noted,
            Optional<SegmentSeal> before,
            List<PositionRange> lost) {
        boolean lossy = lost.stream().anyMatch(range -> range.overlaps(segment.first(), end));
        if (noted.last() != end) {
            note(
                    segment,
                    end,
                    "the hash of segment %d is one of events up to %d, which is no end of it"
                            .formatted(segment.number(), noted.last()));
        } else if (follows(segment, end, noted, before) && !lossy && isSame(segment, end, noted)) {
            sealed++;
        }
    }

    private boolean follows(
            Segment segment, long end, SegmentSeal noted, Optional<SegmentSeal> before) {
        byte[] expected =
                before.map(SegmentSeal::hash).orElseGet(() -> new byte[SegmentSeal.HASH_BYTES]);
        boolean follows = Arrays.equals(noted.before(), expected);
        if (!follows) {
            note(
                    segment,
                    end,
                    "the hash of segment %d was not made from that of segment %d, which %s"
                            .formatted(
                                    segment.number(),
                                    segment.number() - 1,
                                    before.isPresent() ? "is another" : "is missing"));
        }
        return follows;
    }

    private boolean isSame(Segment segment, long end, SegmentSeal noted) {
        try {
            boolean same = noted.isSame(anew(segment, end, noted));
            if (!same) {
                note(
                        segment,
                        end,
                        "the events of segment %d are others than those that its hash was made of"
                                .formatted(segment.number()));
            }
            return same;
        } catch (RocksDBException e) {
            damages.note(DamageRegister.of(e));
            return false;
        }
    }

    private void note(Segment segment, long end, String reason) {
        damages.note(new Damage("", segment.first(), end, reason));
    }

    /** Empty if there is none, or it cannot be read. */
    private Optional<SegmentSeal> noted(int segment) {
        try {
            return SegmentSeal.read(tables, segment);
        } catch (RocksDBException e) {
            damages.note(DamageRegister.of(e));
            return Optional.empty();
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
