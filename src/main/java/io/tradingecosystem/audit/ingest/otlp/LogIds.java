package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.Message;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.common.Uuids;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Ids for log records of one export, which have none of their own: UUIDs of version 8 (RFC 9562,
 * section 5.8) from the SHA-256 of resource, scope and record, and of how many like it came before
 * in the same export. So an export that is sent again brings the same ids.
 *
 * <p>The limits: records that are equal to the last byte are told apart only within one export. In
 * two exports they are the same event, as if the first had been sent again; and if a relay cuts an
 * export in two and sends both again in one, of n equal records at most n are kept.
 *
 * <p>Not thread-safe; one export has its own.
 */
final class LogIds {
    private final MessageDigest digest = Digest.sha256();
    private final Map<UUID, Integer> seen = new HashMap<>();

    /** The place of records without a scope yet. */
    Place of(Resource resource, String schemaUrl) {
        return new Place(new byte[0]).below(resource, schemaUrl);
    }

    private static UUID uuid(byte[] hash) {
        return Uuids.of(8, BigEndian.longAt(hash, 0), BigEndian.longAt(hash, Long.BYTES));
    }

    /** Where records come from; part of their ids. */
    final class Place {
        private final byte[] above;

        private Place(byte[] above) {
            this.above = above;
        }

        /** The place of a scope in this one. */
        Place within(InstrumentationScope scope, String schemaUrl) {
            return below(scope, schemaUrl);
        }

        /** The id of the next record. */
        String id(LogRecord log) {
            digest.update(above);
            UUID first = uuid(digest.digest(WellFormed.bytes(log)));
            int before = seen.merge(first, 1, Integer::sum) - 1;
            if (before == 0) {
                return first.toString();
            }
            digest.update(
                    ByteBuffer.allocate(20)
                            .putLong(first.getMostSignificantBits())
                            .putLong(first.getLeastSignificantBits())
                            .putInt(before)
                            .flip());
            return uuid(digest.digest()).toString();
        }

        private Place below(Message part, String schemaUrl) {
            digest.update(above);
            byte[] bytes = WellFormed.bytes(part);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
            digest.update(bytes);
            return new Place(digest.digest(schemaUrl.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
