package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;

import java.util.ArrayList;
import java.util.List;

/**
 * Ids of verdicts in the order of a number, many in one record, as each record costs more than what
 * is in it. The key has the number of the first; of the others it is told by how much they are
 * ahead. Earlier versions had a record for each, which is a block of one.
 */
public final class IdBlock {
    /** So many are in one record at most. */
    public static final int MAX = 256;

    private static final int ID_BYTES = 16;

    private IdBlock() {}

    /** An id, and its number. */
    public record Numbered(long number, String verdictId) {}

    /** A record of some ids, at least one, in the order of their numbers. */
    public static byte[] of(List<Numbered> ids) {
        long first = ids.getFirst().number();
        ByteWriter out = new ByteWriter(ids.size() * (ID_BYTES + 2));
        for (Numbered each : ids) {
            if (each.number() != first) {
                out.varint(each.number() - first);
            }
            out.octets(VerdictKeys.octets(each.verdictId()));
        }
        return out.bytes();
    }

    /**
     * Reads what {@link #of} wrote.
     *
     * @param first the number of the first, from the key
     */
    public static List<Numbered> read(long first, byte[] block) {
        ByteReader in = new ByteReader(block);
        List<Numbered> ids = new ArrayList<>();
        while (in.hasMore()) {
            long number = ids.isEmpty() ? first : first + in.varint();
            ids.add(new Numbered(number, VerdictKeys.verdictId(in.octets(ID_BYTES))));
        }
        return ids;
    }

    /** Cuts a list into such as fit a record. */
    public static <T> List<List<T>> cut(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX) {
            parts.add(all.subList(from, Math.min(from + MAX, all.size())));
        }
        return parts;
    }
}
