package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class LongMapProperties {

    @Property(tries = 200)
    void shouldHoldWhatAMapHolds(
            @ForAll @Size(max = 600) List<@LongRange(min = -40, max = 40) Long> steps) {
        LongMap<String> map = new LongMap<>();
        Map<Long, String> expected = new HashMap<>();

        for (long step : steps) {
            // Multiples of a large number, so that many keys have their home in the same place.
            long key = (step & ~1) << 58;
            if (step % 2 == 0) {
                map.put(key, "value " + step);
                expected.put(key, "value " + step);
            } else {
                map.remove(key);
                expected.remove(key);
            }

            assertThat(map.size()).isEqualTo(expected.size());
            for (long known = -40; known <= 40; known += 2) {
                assertThat(map.get(known << 58)).isEqualTo(expected.get(known << 58));
            }
        }
    }

    @Property(tries = 20)
    void shouldGrowAndShrink(@ForAll @Size(min = 500, max = 2_000) List<Long> keys) {
        LongMap<Long> map = new LongMap<>();
        keys.forEach(key -> map.put(key, key));

        keys.forEach(key -> assertThat(map.get(key)).isEqualTo(key));
        keys.forEach(map::remove);

        assertThat(map.size()).isZero();
        keys.forEach(key -> assertThat(map.get(key)).isNull());
    }
}
