package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.CrashWriters.Acknowledged;
import io.tradingecosystem.audit.store.EventIndex.Page;
import io.tradingecosystem.audit.store.EventIndex.Query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
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
import java.util.concurrent.TimeUnit;

/** What was acknowledged is there after every kill -9, once and byte for byte. */
class CrashTest {
    private static final int KILLS = 50;
    private static final int PAGE = 1_000;
    private static final int TRACES = 500;

    private final Random random = new Random();

    @TempDir Path directory;

    @Test
    void shouldKeepWhatItAcknowledgedWhenKilledAtAnyMoment()
            throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int run = 0; run < KILLS; run++) {
            List<Acknowledged> heard = runAndKill(log, run);
            assertThat(heard).as("acknowledged in run %d", run).isNotEmpty();
            acknowledged.addAll(heard);
        }

        try (EventStore store = Stores.open(CrashWriters.settings(log), InstantSource.system())) {
            acknowledged.forEach(batch -> assertStored(store, batch));
            assertLogAndIndexesAgree(store);
        }
    }

    /** Kills a writing process some time after its first acknowledgement. */
    private List<Acknowledged> runAndKill(Path log, int run)
            throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashWriters.class.getName(),
                                log.toString(),
                                Integer.toString(run))
                        .redirectError(directory.resolve("errors").toFile())
                        .start();
        List<Acknowledged> heard = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            int before = 1 + random.nextInt(80);
            String line = lines.readLine();
            while (line != null) {
                // A line without its end was cut by the kill.
                if (line.endsWith(" .")) {
                    heard.add(Acknowledged.parse(line));
                }
                if (heard.size() == before) {
                    process.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(() -> "killed, or else it said: " + errors())
                .isEqualTo(128 + 9);
        assertThat(temporary).as("what a killed process leaves").isEmptyDirectory();
        return heard;
    }

    private static void assertStored(EventStore store, Acknowledged batch) {
        List<AuditEvent> found = store.log().read(batch.position() - 1, batch.size());
        List<AuditEvent> told = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            told.add(CrashWriters.event(batch.run(), batch.writer(), batch.from() + i));
        }
        assertThat(found.stream().map(event -> event.stored(0, Instant.EPOCH)).toList())
                .isEqualTo(told);
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
            byService += count(store, new Selection.Key.Service("service-" + writer));
        }
        assertThat(byService).isEqualTo(ids.size());
        traces.forEach(
                (trace, count) ->
                        assertThat(count(store, new Selection.Key.Trace(trace))).isEqualTo(count));
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

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
