package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.CrashWriters.Acknowledged;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.testing.KilledProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What was acknowledged is there after every kill -9, once and byte for byte. */
class CrashTest {
    private static final int KILLS = Integer.getInteger("test.kills", 12);
    private static final int PAGE = 1_000;
    private static final int TRACES = 500;

    private final Random random = new Random();

    @TempDir Path directory;

    @Test
    void shouldKeepWhatItAcknowledgedWhenKilledAtAnyMoment()
            throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        KilledProcess process = new KilledProcess(CrashWriters.class, directory);
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int run = 0; run < KILLS; run++) {
            List<Acknowledged> heard =
                    process
                            .run(1 + random.nextInt(80), log.toString(), Integer.toString(run))
                            .stream()
                            .map(Acknowledged::parse)
                            .toList();
            assertThat(heard).as("acknowledged in run %d", run).isNotEmpty();
            acknowledged.addAll(heard);
        }

        try (EventStore store = Stores.open(CrashWriters.settings(log), InstantSource.system())) {
            acknowledged.forEach(batch -> assertStored(store, batch));
            assertLogAndIndexesAgree(store);
        }
    }

    private static void assertStored(EventStore store, Acknowledged batch) {
        List<AuditEvent> found = store.log().read(batch.position() - 1, batch.size());
        List<AuditEvent> reported = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            reported.add(CrashWriters.event(batch.run(), batch.writer(), batch.from() + i));
        }
        assertThat(found.stream().map(event -> event.stored(0, Instant.EPOCH)).toList())
                .isEqualTo(reported);
    }

    private static void assertLogAndIndexesAgree(EventStore store) {
        Set<String> ids = new HashSet<>();
        Map<String, Long> traces = new HashMap<>();
        long position = 0;
        List<AuditEvent> part = store.log().read(0, PAGE);
        while (!part.isEmpty()) {
            for (AuditEvent event : part) {
                position++;
                if (event.position() != position || !ids.add(event.id())) {
                    fail("%s is there twice, or a position is missing before it", event);
                }
                if (traces.size() < TRACES) {
                    traces.putIfAbsent(event.traceId(), 0L);
                }
                traces.computeIfPresent(event.traceId(), (trace, count) -> count + 1);
            }
            assertThat(store.index().byId(part.getFirst().id())).contains(part.getFirst());
            part = store.log().read(position, PAGE);
        }
        assertThat(store.log().lastPosition()).isEqualTo(position);
        assertThat(count(store, new Selection.Key.All())).isEqualTo(ids.size());
        long byService = 0;
        for (int writer = 0; writer < CrashWriters.WRITERS; writer++) {
            byService += count(store, Selection.Key.of(IndexedField.SERVICE, "service-" + writer));
        }
        assertThat(byService).isEqualTo(ids.size());
        traces.forEach(
                (trace, count) ->
                        assertThat(count(store, Selection.Key.of(IndexedField.TRACE_ID, trace)))
                                .isEqualTo(count));
    }

    private static long count(EventStore store, Selection.Key key) {
        Query query = Query.of(Selection.of(key), PAGE);
        Page page = store.index().find(query);
        long count = page.events().size();
        while (!page.nextPageToken().isEmpty()) {
            page = store.index().find(query.from(page.nextPageToken()));
            count += page.events().size();
        }
        return count;
    }
}
