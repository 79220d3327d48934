package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.sources.HeardTotals;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.testing.ManualClock;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What is known of services is the same live, with restarts, as when the log is read anew. */
class HeardServicesProperties {
    private static final int MAX = 5;

    @Property(tries = 60)
    void shouldKnowTheSameLiveAsAnew(@ForAll long seed) {
        Random random = new Random(seed);
        List<AuditEvent> events = events(random);
        Projection live = projection();
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(9));
            follow(live, events.subList(from, to));
            from = to;
        }
        Projection anew = projection();
        follow(anew, events);

        assertThat(known(live)).isEqualTo(known(anew));
        assertThat(known(live)).hasSizeLessThanOrEqualTo(MAX);
        assertThat(HeardTotals.read(live)).isEqualTo(HeardTotals.read(anew));
    }

    private static Projection projection() {
        return MemoryStore.create(ManualClock.at(Scene.START), Set.of()).projection("scenario");
    }

    /** Goes on with what was committed. */
    private static void follow(Projection projection, List<AuditEvent> events) {
        VerdictStoreWriter writer = VerdictStoreWriter.of(projection, 1_000);
        HeardServices heard = new HeardServices(writer, MAX);
        writer.beforeCommit(heard::flush);
        for (AuditEvent event : events) {
            heard.hear(event);
            writer.position(event.position());
        }
        writer.commit();
    }

    private static List<String> known(Projection projection) {
        List<String> known = new ArrayList<>();
        projection.scan(
                VerdictKeys.HEARD, (key, value) -> known.add(JsonRecord.read(value).toString()));
        return known;
    }

    private static List<AuditEvent> events(Random random) {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            double at = random.nextInt(1_000);
            AuditEvent event =
                    random.nextInt(6) == 0
                            ? loss(service(random), at)
                            : event(service(random), "e" + i, at, random);
            events.add(event.stored(i, Scene.at(500 + 10 * i + random.nextDouble())));
        }
        return events;
    }

    private static String service(Random random) {
        return "s" + random.nextInt(9);
    }

    private static AuditEvent event(String service, String id, double at, Random random) {
        return Scene.event(service, "t", id, at)
                .duration(Duration.ofMillis(random.nextInt(3) * 700L))
                .attribute("otel.dropped_events_count", (long) random.nextInt(3))
                .build();
    }

    private static AuditEvent loss(String service, double at) {
        return VerdictEvents.gap(service, new Gap(Scene.at(at), Scene.at(at + 5), "full"));
    }
}
