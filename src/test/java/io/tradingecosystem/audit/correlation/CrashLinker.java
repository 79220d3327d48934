package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.KilledProcess;
import io.tradingecosystem.audit.testing.TestSettings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that takes in events and links them, and says on its output what was acknowledged,
 * until it is killed. Causes and effects come in batches of their own, so that there is always
 * something that waits for its other side.
 */
final class CrashLinker {
    private static final int STORIES = 20;

    private CrashLinker() {}

    /** The log with its links, as the process and whoever looks at it afterwards open them. */
    record Opened(EventStore store, LinkService links) implements AutoCloseable {
        static Opened of(Path folder) {
            EventStore store =
                    EventStore.open(
                            TestSettings.of(Map.of("store.path", folder.resolve("log").toString()))
                                    .store(),
                            StoreObserver.NONE,
                            Time.system());
            LinkService links =
                    LinkService.create(
                            store.store(),
                            new LinkSetup(
                                    "audit",
                                    Optional.of(folder.resolve("rules")),
                                    LinkBounds.DEFAULT),
                            LinkObserver.NONE,
                            Time.system());
            links.start();
            return new Opened(store, links);
        }

        @Override
        public void close() {
            links.close();
            store.close();
        }
    }

    /**
     * @param arguments the folder, and the number of the run
     */
    public static void main(String[] arguments) {
        Opened opened = Opened.of(Path.of(arguments[0]));
        for (int batch = 0; ; batch++) {
            opened.store().log().append(batch(arguments[1], batch));
            System.out.println(KilledProcess.line(Integer.toString(batch)));
            System.out.flush();
        }
    }

    /** Every other batch, effects come before their causes. */
    private static List<AuditEvent> batch(String run, int batch) {
        List<AuditEvent> events = new ArrayList<>();
        boolean causes = batch % 4 == 0 || batch % 4 == 3;
        for (int i = 0; i < STORIES; i++) {
            int number = batch / 2 * STORIES + i;
            String story = run + "-" + number;
            if (causes) {
                events.add(event("shock", story, number));
            } else {
                events.add(event("halt", story, number + 1.5));
                events.add(
                        Trail.event("notice", "notice-" + story, number + 2)
                                .causeId("shock-" + story)
                                .build());
            }
        }
        return events;
    }

    private static AuditEvent event(String type, String story, double seconds) {
        AuditEventBuilder event = Trail.event(type, type + "-" + story, seconds);
        return event.scenarioId(story).build();
    }
}
