package io.tradingecosystem.audit.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.testing.KilledProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a receiver hears when the process is killed with -9 while it tells. */
@Timeout(180)
class DeliveryCrashTest {
    @TempDir Path directory;

    @Test
    void shouldGoOnWhereItWasKilledAndLeaveNothingOut() throws Exception {
        List<Integer> heard = new ArrayList<>();
        for (int death = 0; death < 2; death++) {
            new KilledProcess(CrashDelivery.class, directory)
                    .run(150, directory.toString())
                    .forEach(number -> heard.add(Integer.valueOf(number)));
        }
        try (EventStore store = CrashDelivery.store(directory)) {
            CrashDelivery.delivery(
                            store,
                            request -> {
                                heard.add(CrashDelivery.number(request));
                                return new Answer.Status(200, Optional.empty(), "");
                            })
                    .step();
        }

        assertThat(heard.getFirst()).isEqualTo(1);
        for (int i = 1; i < heard.size(); i++) {
            int step = heard.get(i) - heard.get(i - 1);
            assertThat(step)
                    .as("the next one, or the one that it died over again, at %d", i)
                    .isBetween(0, 1);
        }
    }
}
