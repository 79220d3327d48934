package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;

import org.assertj.core.api.Assertions;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class FreshEventsTest {
    /** More than is kept, so that what is read first comes from disk. */
    private static final int EVENTS = 40_000;

    private static final int BATCH = 1_000;

    @TempDir Path directory;

    @Test
    void shouldReadTheSameFreshAsFromDisk() {
        List<AuditEvent> whileFresh;
        try (EventStore store = Stores.open(directory, InstantSource.system())) {
            for (int first = 0; first < EVENTS; first += BATCH) {
                store.log().append(events(first, BATCH));
            }
            whileFresh = read(store, 777);
        }
        try (EventStore reopened = Stores.open(directory, InstantSource.system())) {
            assertThat(whileFresh).hasSize(EVENTS).isEqualTo(read(reopened, 4_096));
        }
    }

    @Test
    void shouldReadFromTheMiddleOfABatchAndOverItsEnd() {
        try (EventStore store = Stores.open(directory, InstantSource.system())) {
            store.log().append(events(0, 3));
            store.log().append(events(2, 3));

            assertThat(store.log().read(1, 3))
                    .extracting(AuditEvent::id, AuditEvent::position)
                    .containsExactly(tuple(1), tuple(2), tuple(3));
            assertThat(store.log().read(4, 10)).extracting(AuditEvent::id).containsExactly("e-4");
            assertThat(store.log().read(5, 10)).isEmpty();
        }
    }

    private static Tuple tuple(int number) {
        return Assertions.tuple("e-" + number, number + 1L);
    }

    private static List<AuditEvent> read(EventStore store, int max) {
        List<AuditEvent> all = new ArrayList<>();
        List<AuditEvent> some = store.log().read(0, max);
        while (!some.isEmpty()) {
            all.addAll(some);
            some = store.log().read(all.getLast().position(), max);
        }
        return all;
    }

    private static List<AuditEvent> events(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(
                        number ->
                                AuditEvent.builder("exchange", "trade.done")
                                        .id("e-" + number)
                                        .attribute("order_id", number)
                                        .build())
                .toList();
    }
}
