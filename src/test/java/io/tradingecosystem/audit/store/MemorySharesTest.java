package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class MemorySharesTest {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"16MiB, 4, 12", "400MiB, 100, 300", "1GiB, 128, 896", "64GiB, 128, 65408"})
    void shouldDivideWhatIsSet(String memory, long unflushed, long cache) {
        assertThat(MemoryShares.of(settings(Map.of("store.memory", memory))))
                .isEqualTo(new MemoryShares(unflushed * MIB, cache * MIB));
    }

    @Test
    void shouldKeepASmallLogFromBeingWhatIsToBeWrittenAgain() {
        StoreSettings small =
                settings(Map.of("store.memory", "1GiB", "store.retention-size", "64MiB"));

        assertThat(MemoryShares.of(small)).isEqualTo(new MemoryShares(8 * MIB, 1016 * MIB));
    }

    @Test
    void shouldTakeAnEighthOfTheMachine() {
        assertThat(MemoryShares.auto(8 * GIB)).isEqualTo(GIB);
        assertThat(MemoryShares.auto(256 * MIB)).isEqualTo(64 * MIB);
        assertThat(MemoryShares.auto(512 * GIB)).isEqualTo(4 * GIB);
    }

    private static StoreSettings settings(Map<String, String> settings) {
        return TestSettings.of(settings).store();
    }
}
