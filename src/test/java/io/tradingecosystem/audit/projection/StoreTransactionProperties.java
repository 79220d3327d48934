package io.tradingecosystem.audit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** In whatever order changes are written, they come to what they say one after the other. */
class StoreTransactionProperties {
    private static final int KEYS = 6;

    @Property(tries = 500)
    void shouldComeToWhatTheChangesSayOneAfterTheOther(@ForAll long seed) {
        Random random = new Random(seed);
        Projection projection = MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("p");
        StoreTransaction transaction = new StoreTransaction(projection);
        TreeMap<Byte, Byte> expected = new TreeMap<>();
        for (byte change = 0; change < 60; change++) {
            byte key = (byte) random.nextInt(KEYS);
            switch (random.nextInt(7)) {
                case 0 -> transaction.commit(change);
                case 1 -> {
                    byte end = (byte) random.nextInt(key, KEYS + 1);
                    transaction.deleteRange(new byte[] {key}, new byte[] {end});
                    expected.subMap(key, end).clear();
                }
                case 2, 3 -> {
                    transaction.delete(new byte[] {key});
                    expected.remove(key);
                }
                default -> {
                    transaction.put(new byte[] {key}, new byte[] {change});
                    expected.put(key, change);
                }
            }
        }
        transaction.commit(60);

        assertThat(stored(projection)).isEqualTo(expected);
    }

    private static Map<Byte, Byte> stored(Projection projection) {
        Map<Byte, Byte> stored = new TreeMap<>();
        projection.scan(
                new byte[0],
                new byte[0],
                (key, value) -> {
                    stored.put(key[0], value[0]);
                    return true;
                });
        return stored;
    }
}
