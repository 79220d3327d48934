package io.tradingecosystem.audit.correlation.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Effects in batches are read in the order in which single keys stand. */
class ParentEffectsProperties {
    private static final byte[] NOTHING = {};

    @Property(tries = 500)
    void shouldReadBatchesAndSinglesInOneOrder(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int few) {
        Random random = new Random(seed);
        Projection projection = MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("p");
        List<byte[]> expected = new ArrayList<>();
        long position = 1;
        for (int commit = random.nextInt(6); commit >= 0; commit--) {
            position = commit(projection, random, position, expected);
        }
        expected.sort(Arrays::compareUnsigned);
        byte[] start = start(expected, random);
        expected.removeIf(key -> Arrays.compareUnsigned(key, start) < 0);

        MergedKeys keys = MergedKeys.ascending(ParentEffects.sources(projection), start, few);
        assertThat(keys.next(expected.size() + 1)).containsExactlyElementsOf(expected);
    }

    /** Some effects at once, of which some stand under keys of their own too. */
    private static long commit(
            Projection projection, Random random, long first, List<byte[]> expected) {
        Map<Long, ParentEffects.Batch> batches = new HashMap<>();
        int count = random.nextInt(12);
        projection.commit(
                first + count,
                changes -> {
                    for (int i = 0; i < count; i++) {
                        long at = at(random);
                        long effect = first + i;
                        expected.add(LinkKeys.ofEvidence(NOTHING, at, effect));
                        boolean single = random.nextInt(4) == 0;
                        if (single) {
                            changes.put(LinkKeys.ofParent(at, effect), NOTHING);
                        }
                        if (!single || random.nextBoolean()) {
                            batches.computeIfAbsent(
                                            ParentEffects.bucket(at), ParentEffects.Batch::new)
                                    .add(at, effect);
                        }
                    }
                    batches.values().forEach(batch -> changes.put(batch.key(), batch.value()));
                });
        return first + count;
    }

    /** Within a second, at its edges, far away, and before 1970. */
    private static long at(Random random) {
        long second = random.nextInt(-2, 3) * (1L << 30);
        return switch (random.nextInt(4)) {
            case 0 -> second;
            case 1 -> second - 1;
            case 2 -> second + random.nextInt(1 << 30);
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private static byte[] start(List<byte[]> keys, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> NOTHING;
            case 1 -> LinkKeys.newestFrom(at(random));
            case 2 -> keys.isEmpty() ? NOTHING : keys.get(random.nextInt(keys.size()));
            default -> LinkKeys.ofEvidence(NOTHING, at(random), random.nextInt(60));
        };
    }
}
