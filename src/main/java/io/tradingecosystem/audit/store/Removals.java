package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.Times;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When what was removed, oldest first, as {@link Segments} keeps it under {@code r}: the last
 * position that went, before when its events were recorded, and when it went (8 bytes each). Past
 * {@value #MAX} the oldest two become one, which says the later time of both. Immutable.
 *
 * @param all the removals, each of the positions behind the one before
 */
record Removals(List<Removal> all) {
    private static final int MAX = 256;
    private static final int ROW = 3 * Long.BYTES;

    Removals {
        all = List.copyOf(all);
    }

    static Removals read(byte[] value) {
        List<Removal> all = new ArrayList<>();
        for (int at = 0; at + ROW <= value.length; at += ROW) {
            all.add(
                    new Removal(
                            BigEndian.longAt(value, at),
                            Times.ofEpochNanos(BigEndian.longAt(value, at + Long.BYTES)),
                            Optional.of(
                                    Times.ofEpochNanos(
                                            BigEndian.longAt(value, at + 2 * Long.BYTES)))));
        }
        return new Removals(all);
    }

    /** These and one more. */
    Removals with(Removal removal) {
        List<Removal> more = new ArrayList<>(all);
        more.add(removal);
        if (more.size() > MAX) {
            more.removeFirst();
        }
        return new Removals(more);
    }

    /** The removal with which a position went; empty if it is not noted. */
    Optional<Removal> of(long position) {
        return all.stream().filter(removal -> position <= removal.upTo()).findFirst();
    }

    byte[] bytes() {
        ByteWriter value = new ByteWriter(all.size() * ROW);
        for (Removal removal : all) {
            value.number(removal.upTo());
            value.number(Times.toEpochNanos(removal.recordedBefore()));
            value.number(Times.toEpochNanos(removal.at().orElse(removal.recordedBefore())));
        }
        return value.bytes();
    }
}
