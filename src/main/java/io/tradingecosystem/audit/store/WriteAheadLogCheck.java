package io.tradingecosystem.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Reads write-ahead logs record by record, in RocksDB's form ({@code db/log_format.h}): blocks of
 * 32 KiB, in which a record has a checksum (4 bytes, masked CRC-32C, little-endian), a length (2),
 * a type (1), for recycled files the number of the file (4), and data. RocksDB itself says of a
 * damaged one only that it does not open. A record that is not whole at the end of a file was never
 * acknowledged; one that others follow was.
 */
final class WriteAheadLogCheck {
    private static final int BLOCK = 32 * 1024;
    private static final int HEADER = 7;
    private static final int TYPE_AT = 6;
    private static final int FIRST_RECYCLED = 5;
    private static final int LAST_RECYCLED = 8;
    private static final int RECYCLED_TIMESTAMPS = 11;
    private static final int RECYCLED_PREDECESSOR = 131;
    private static final int MASK = 0xa282ead8;

    private WriteAheadLogCheck() {}

    /** What is damaged of those in a directory. */
    static List<Damage> of(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("\\d+\\.log"))
                    .sorted()
                    .flatMap(file -> damage(file).stream())
                    .toList();
        }
    }

    private static Optional<Damage> damage(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            long at = firstBad(file);
            return at < 0
                    ? Optional.empty()
                    : Optional.of(
                            new Damage(
                                    name,
                                    0,
                                    0,
                                    "the record at byte %d is not what was written, and others"
                                                    .formatted(at)
                                            + " follow"));
        } catch (IOException e) {
            return Optional.of(new Damage(name, 0, 0, "the file cannot be read: " + e));
        }
    }

    /** Where the first bad record is that a good one follows; -1 if there is none. */
    private static long firstBad(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
            long bad = -1;
            for (long start = 0; start < channel.size(); start += BLOCK) {
                block.clear();
                while (block.hasRemaining() && channel.read(block, start + block.position()) > 0) {
                    // Until the block is full or the file is over.
                }
                block.flip();
                int at = 0;
                while (at + HEADER <= block.limit()) {
                    boolean good = isGood(block, at);
                    if (good && bad >= 0) {
                        return bad;
                    }
                    if (!good && bad < 0) {
                        bad = start + at;
                    }
                    if (!good && end(block, at) > block.limit()) {
                        break;
                    }
                    at = end(block, at);
                }
            }
            return -1;
        }
    }

    private static int end(ByteBuffer block, int at) {
        int length = Short.toUnsignedInt(block.getShort(at + Integer.BYTES));
        return at + header(block, at) + length;
    }

    private static int header(ByteBuffer block, int at) {
        int type = Byte.toUnsignedInt(block.get(at + TYPE_AT));
        boolean recycled =
                (type >= FIRST_RECYCLED && type <= LAST_RECYCLED)
                        || type == RECYCLED_TIMESTAMPS
                        || type == RECYCLED_PREDECESSOR;
        return recycled ? HEADER + Integer.BYTES : HEADER;
    }

    private static boolean isGood(ByteBuffer block, int at) {
        int end = end(block, at);
        if (end > block.limit()) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(block.slice(at + TYPE_AT, end - at - TYPE_AT));
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
        return masked == block.getInt(at);
    }
}
