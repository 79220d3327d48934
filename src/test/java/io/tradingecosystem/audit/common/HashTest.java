package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The hashes are on disk, so they stay. */
class HashTest {
    @Test
    void shouldStayAsItIs() {
        assertThat(Hash.add(Hash.SEED, "order-1")).isEqualTo(0xb794020840052e5dL);
        assertThat(Hash.add(Hash.SEED, 42)).isEqualTo(0x1d273896e8641a1dL);
    }

    @Test
    void shouldTellWhereOneTextEnds() {
        assertThat(Hash.add(Hash.add(Hash.SEED, "ab"), "c"))
                .isNotEqualTo(Hash.add(Hash.add(Hash.SEED, "a"), "bc"));
    }

    /** FNV-1a of "foobar" from its authors' test vectors (draft-eastlake-fnv). */
    @Test
    void shouldTakeTheStepsOfFnv() {
        assertThat(Hash.units(Hash.SEED, "foobar")).isEqualTo(0x85944171f73967e8L);
        assertThat(Hash.unit(Hash.SEED, 'a')).isEqualTo(0xaf63dc4c8601ec8cL);
    }
}
