package io.tradingecosystem.audit.correlation.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.correlation.analysis.Timeline.Entry;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.testing.ManualClock;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What happened, in order. */
class TimelinesTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Selection RUN =
            Selection.of(Selection.Key.of(IndexedField.SCENARIO_ID, "run"));

    private final MemoryStore store = MemoryStore.create(ManualClock.at(START), Set.of());
    private final MemoryLinks links = new MemoryLinks();
    private final Timelines timelines =
            Timelines.create(store, links, ClockSkew.of(Duration.ofMillis(100)));

    private static AuditEventBuilder at(String service, String id, long millis) {
        return AuditEvent.builder(service, "type")
                .id(id)
                .instance(service + "-1")
                .scenarioId("run")
                .occurredAt(START.plusMillis(millis));
    }

    private AuditEvent event(String service, String id, long millis) {
        AuditEvent event = at(service, id, millis).build();
        store.append(List.of(event));
        return store.byId(id).orElseThrow();
    }

    private static List<Entry> entries(Timeline timeline) {
        List<Entry> entries = new ArrayList<>();
        timeline.forEachRemaining(entries::add);
        return entries;
    }

    private List<Entry> entries() {
        return entries(timelines.of(TimelineQuestion.of(RUN, 1_000)));
    }

    private static List<String> ids(List<Entry> entries) {
        return entries.stream().map(entry -> entry.event().id()).toList();
    }

    @Test
    void shouldTellDepthLinksAndGaps() {
        AuditEvent chaos = event("coordinator", "chaos", 0);
        AuditEvent alert = event("risk", "alert", 7_000);
        AuditEvent reaction = event("engine", "reaction", 7_500);
        AuditEvent outside = at("elsewhere", "outside", 10).scenarioId("other").build();
        store.append(List.of(outside));
        links.link(chaos, alert);
        links.link(alert, reaction);
        links.link(outside, alert, Link.Kind.RULE, 0.5);

        List<Entry> entries = entries();

        assertThat(ids(entries)).containsExactly("chaos", "alert", "reaction");
        assertThat(entries).extracting(Entry::depth).containsExactly(0, 1, 2);
        assertThat(entries).extracting(Entry::afterSilence).containsExactly(false, true, false);
        assertThat(entries.get(1).sincePrevious()).isEqualTo(Duration.ofSeconds(7));
        assertThat(entries.get(1).causes()).extracting(Link::causeId).containsExactly("chaos");
        assertThat(entries).extracting(Entry::certain).containsOnly(true);
    }

    @Test
    void shouldCorrectAClockThatPutsAnEffectBeforeItsCause() {
        for (int i = 0; i < 3; i++) {
            AuditEvent cause = event("engine", "cause-" + i, i * 1_000L);
            // Its clock is behind by 400 ms; the effect comes after 5 ms.
            AuditEvent effect = event("risk", "effect-" + i, i * 1_000L + 5 - 400);
            links.link(cause, effect);
        }

        List<Entry> entries = entries();

        assertThat(ids(entries))
                .containsExactly(
                        "cause-0", "effect-0", "cause-1", "effect-1", "cause-2", "effect-2");
        Entry effect = entries.get(3);
        assertThat(effect.isCorrected()).isTrue();
        assertThat(effect.event().occurredAt()).isEqualTo(START.plusMillis(605));
        assertThat(effect.at()).isEqualTo(START.plusMillis(1_000));
        assertThat(effect.certain()).isTrue();
        assertThat(entries.get(2).isCorrected()).isFalse();
        TimelineQuestion raw = new TimelineQuestion(RUN, 1_000, "", Duration.ofSeconds(5), false);
        assertThat(ids(entries(timelines.of(raw)))).startsWith("effect-0", "cause-0");
    }

    @Test
    void shouldNotBeCertainOfAnOrderWithinTheTolerance() {
        event("engine", "a", 0);
        event("risk", "b", 50);
        event("risk", "c", 51);
        event("engine", "d", 200);

        assertThat(entries()).extracting(Entry::certain).containsExactly(true, false, true, true);
    }

    @Test
    void shouldRefuseAPageTokenThatIsNotOurs() {
        assertThatThrownBy(() -> timelines.of(TimelineQuestion.of(RUN, 10).from("x")))
                .hasMessageContaining("page token");
    }

    @Test
    void shouldEndInCycles() {
        AuditEvent a = event("engine", "a", 0);
        AuditEvent b = event("engine", "b", 1);
        links.link(a, b);
        links.link(b, a);

        assertThat(ids(entries())).containsExactly("a", "b");
    }

    /** Pages of any size, with events coming in meanwhile, and clocks that are wrong. */
    @Property(tries = 150)
    void shouldBeSortedAndCompleteInPagesUnderWrites(
            @ForAll long seed,
            @ForAll @IntRange(max = 60) int before,
            @ForAll @IntRange(min = 1, max = 25) int limit) {
        Random random = new Random(seed);
        MemoryStore store = MemoryStore.create(ManualClock.at(START), Set.of());
        MemoryLinks links = new MemoryLinks();
        Timelines timelines = Timelines.create(store, links, ClockSkew.of(Duration.ofMillis(100)));
        List<AuditEvent> old = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            String id = "old-" + i;
            store.append(List.of(at("s" + random.nextInt(3), id, random.nextInt(50)).build()));
            AuditEvent event = store.byId(id).orElseThrow();
            if (!old.isEmpty() && random.nextBoolean()) {
                links.link(old.get(random.nextInt(old.size())), event);
            }
            old.add(event);
        }

        List<Entry> all = new ArrayList<>();
        TimelineQuestion question = TimelineQuestion.of(RUN, limit);
        int written = 0;
        do {
            Timeline timeline = timelines.of(question);
            List<Entry> page = entries(timeline);
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            assertThat(page)
                    .isSortedAccordingTo(
                            Comparator.comparing(Entry::at)
                                    .thenComparing(entry -> entry.event().position()));
            all.addAll(page);
            question = question.from(timeline.nextPageToken());
            if (written < 20) {
                store.append(List.of(at("s0", "new-" + written++, random.nextInt(50)).build()));
            }
        } while (!question.pageToken().isEmpty());

        assertThat(ids(all)).doesNotHaveDuplicates();
        assertThat(ids(all)).containsAll(old.stream().map(AuditEvent::id).toList());
    }
}
