package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Hash;
import io.tradingecosystem.audit.common.Uuids;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The keys of the tables.
 *
 * <p>An event id is {@code u} and 16 bytes if it is a UUID, else {@code t} and UTF-8. What events
 * share is kept as 64 bits of hash, so that keys are short whatever senders write; whoever finds
 * events by a hash looks whether they have the property, so two values with one hash do no harm.
 */
final class Keys {
    /** Bytes of a posting's key that say which list it is of: segment and hash. */
    static final int POSTING_PREFIX = Integer.BYTES + Long.BYTES;

    private static final int UUID_KEY = 17;
    private static final char END = '\0';

    private Keys() {}

    static byte[] id(String id) {
        if (Uuids.isOne(id)) {
            ByteWriter key = new ByteWriter(UUID_KEY);
            key.octet('u');
            key.number(Uuids.high(id)).number(Uuids.low(id));
            return key.array();
        }
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        ByteWriter key = new ByteWriter(text.length + 1);
        key.octet('t');
        key.octets(text);
        return key.array();
    }

    /** Receives one hash after another. */
    @FunctionalInterface
    interface Hashes {
        void add(long hash);
    }

    /** The hashes of every property that an event is found by. */
    static void hashes(AuditEvent event, Set<String> businessKeys, Hashes out) {
        out.add(hash(new Selection.Key.All()));
        out.add(hash('s', event.service()));
        out.add(hash('y', event.type()));
        out.add(hash('x', event.service(), event.type()));
        if (!event.traceId().isEmpty()) {
            out.add(hash('t', event.traceId()));
        }
        if (!event.correlationId().isEmpty()) {
            out.add(hash('c', event.correlationId()));
        }
        if (!event.scenarioId().isEmpty()) {
            out.add(hash('n', event.scenarioId()));
        }
        if (!event.attributes().isEmpty()) {
            for (String name : businessKeys) {
                AttributeValue value = event.attributes().get(name);
                if (value != null) {
                    out.add(hash('b', name, value.asText()));
                }
            }
        }
    }

    /** The hash of a property. */
    static long hash(Selection.Key key) {
        return switch (key) {
            case Selection.Key.All all -> hash('a', "");
            case Selection.Key.Trace trace -> hash('t', trace.traceId());
            case Selection.Key.Correlation correlation -> hash('c', correlation.correlationId());
            case Selection.Key.Scenario scenario -> hash('n', scenario.scenarioId());
            case Selection.Key.Service service -> hash('s', service.service());
            case Selection.Key.ServiceAndType both -> hash('x', both.service(), both.type());
            case Selection.Key.Type type -> hash('y', type.type());
            case Selection.Key.Business business -> hash('b', business.name(), business.value());
        };
    }

    private static long hash(char kind, String value) {
        return Hash.mixed(Hash.units(Hash.unit(Hash.SEED, kind), value));
    }

    private static long hash(char kind, String name, String value) {
        long named = Hash.unit(Hash.units(Hash.unit(Hash.SEED, kind), name), END);
        return Hash.mixed(Hash.units(named, value));
    }
}
