package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.TestSettings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A copy of what an earlier version left behind, as {@code upgrade/README.md} tells of it, at a
 * time of its own, which goes on and can jump.
 */
final class OlderLog {
    private final Path folder;
    private final Instant start;
    private final long began = System.nanoTime();
    private volatile Duration jumped = Duration.ZERO;
    private final Time time =
            new Time(
                    () -> start().plus(jumped).plusNanos(System.nanoTime() - began),
                    System::nanoTime);

    private OlderLog(Path folder, Instant start) {
        this.folder = folder;
        this.start = start;
    }

    /**
     * Unpacks a copy.
     *
     * @param start what time it is
     */
    static OlderLog unpack(String name, Path folder, Instant start) throws IOException {
        try (InputStream resource = OlderLog.class.getResourceAsStream("/upgrade/" + name);
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
                Path file = folder.resolve(each.getName());
                if (!each.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        return new OlderLog(folder, start);
    }

    /** What time it was when it was unpacked. */
    Instant start() {
        return start;
    }

    /** What time it is. */
    Time time() {
        return time;
    }

    /** Lets time pass. */
    void jump(Duration passed) {
        jumped = jumped.plus(passed);
    }

    /** Opens it, with all that it has. */
    EventStore open() {
        Map<String, String> settings =
                Map.of(
                        "store.path",
                        folder.resolve("log").toString(),
                        "store.retention-age",
                        "36500d");
        return EventStore.open(TestSettings.of(settings).store(), StoreObserver.NONE, time);
    }
}
