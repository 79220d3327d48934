package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found together, in its order, the last at the place that the record's key says: {@code
 * 0xff}, then of each entry its length (varint) and its bytes. In logs of format 2 a record is one
 * entry by itself, which begins with a position, and so with another byte.
 */
public final class SequenceRecord {
    private static final int TOGETHER = 0xff;
    private static final int EXPECTED = 16;

    private SequenceRecord() {}

    public static byte[] write(List<byte[]> entries) {
        ByteWriter out = new ByteWriter(entries.size() * EXPECTED).octet(TOGETHER);
        entries.forEach(entry -> out.count(entry.length).octets(entry));
        return out.bytes();
    }

    static List<byte[]> entries(byte[] record) {
        ByteReader in = new ByteReader(record);
        if (in.octet() != TOGETHER) {
            return List.of(record);
        }
        List<byte[]> entries = new ArrayList<>();
        while (in.hasMore()) {
            entries.add(in.octets(in.count()));
        }
        return entries;
    }
}
