package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.api.events.EventCondition.AtLeast;
import io.tradingecosystem.audit.api.events.EventCondition.Attribute;
import io.tradingecosystem.audit.api.events.EventCondition.IdPrefix;
import io.tradingecosystem.audit.api.events.EventCondition.IsError;
import io.tradingecosystem.audit.api.events.EventCondition.Lasted;
import io.tradingecosystem.audit.api.events.EventCondition.LastedAtMost;
import io.tradingecosystem.audit.api.events.EventCondition.OfSeverity;
import io.tradingecosystem.audit.api.events.EventFinder.Question;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.settings.SearchSettings;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.TestSettings;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What pages find, with whatever budget, is what a look at each event finds, once. */
class EventFinderProperties {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final int EVENTS = 400;
    private static final Comparator<AuditEvent> OLDEST_FIRST =
            Comparator.comparing(AuditEvent::occurredAt).thenComparingLong(AuditEvent::position);
    private static final Comparator<AuditEvent> SLOWEST_FIRST =
            Comparator.comparing(AuditEvent::duration).thenComparing(OLDEST_FIRST).reversed();

    private static EventStore durable;
    private static MemoryStore memory;
    private static List<AuditEvent> all = List.of();

    @BeforeContainer
    static void open() {
        durable =
                EventStore.open(
                        TestSettings.of(Map.of()).store(), StoreObserver.NONE, Time.system());
        memory = MemoryStore.create(InstantSource.system(), Set.of("order_id"));
        List<AuditEvent> events = events(new Random(20));
        durable.log().append(events);
        memory.append(events);
        all = memory.read(0, EVENTS);
    }

    @AfterContainer
    static void close() {
        durable.close();
    }

    /** Many of one instant, many of one second, and some far apart. */
    private static List<AuditEvent> events(Random random) {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            long millis = random.nextInt(4) * 700L + (i % 9 == 0 ? random.nextInt(90_000) : 0);
            events.add(
                    AuditEvent.builder("s" + random.nextInt(3), "t" + random.nextInt(2))
                            .id("%04x-%d".formatted(random.nextInt(5) * 4_099, i))
                            .occurredAt(NOON.plusMillis(millis))
                            .severity(Severity.values()[random.nextInt(5)])
                            .duration(Duration.ofMillis(random.nextInt(6)))
                            .traceId("%032x".formatted(random.nextInt(3) * 0x4000_0000L + 1))
                            .attribute("order_id", new AttributeValue.Text("o" + i % 7))
                            .attribute("retries", retries(i))
                            .attribute("error", new AttributeValue.Flag(i % 11 == 0))
                            .build());
        }
        return events;
    }

    private static AttributeValue retries(int i) {
        return i % 2 == 0 ? new AttributeValue.Whole(i % 3) : new AttributeValue.Text(i % 3 + ".0");
    }

    /** A condition, and the same said in another way. */
    private record Said(
            Optional<Selection.Key> key,
            Optional<EventCondition> condition,
            Predicate<AuditEvent> meaning) {
        static Said key(Selection.Key key, Predicate<AuditEvent> meaning) {
            return new Said(Optional.of(key), Optional.empty(), meaning);
        }

        static Said of(EventCondition condition, Predicate<AuditEvent> meaning) {
            return new Said(Optional.empty(), Optional.of(condition), meaning);
        }
    }

    private static final List<Said> CONDITIONS =
            List.of(
                    Said.key(
                            Selection.Key.of(IndexedField.SERVICE, "s1"),
                            event -> event.service().equals("s1")),
                    Said.key(
                            new Selection.Key.ServiceAndType("s0", "t1"),
                            event -> (event.service() + event.type()).equals("s0t1")),
                    Said.key(
                            new Selection.Key.Business("order_id", "o3"),
                            event -> event.attribute("order_id").equals("o3")),
                    Said.of(
                            IdPrefix.of("1003"),
                            event -> Integer.parseInt(event.id().substring(0, 4), 16) == 4_099),
                    Said.of(
                            IdPrefix.of("0000-0000-0000-0000-0000-0000-4"),
                            event -> event.traceId().charAt(24) == '4'),
                    Said.of(
                            new OfSeverity(Severity.INFO),
                            event -> event.severity().ordinal() == 1),
                    Said.of(new AtLeast(Severity.ERROR), event -> event.severity().ordinal() >= 3),
                    Said.of(new IsError(true), EventFinderProperties::isError),
                    Said.of(new IsError(false), event -> !isError(event)),
                    Said.of(
                            new Lasted(Duration.ofMillis(4)),
                            event -> event.duration().toMillis() > 3),
                    Said.of(
                            new LastedAtMost(Duration.ofMillis(2)),
                            event -> Set.of(1L, 2L).contains(event.duration().toMillis())),
                    Said.of(
                            Attribute.of("retries", "2"),
                            event -> event.attribute("retries").startsWith("2")));

    private static boolean isError(AuditEvent event) {
        return event.severity().ordinal() >= 3 || event.attribute("error").equals("true");
    }

    /** A question, and what each of its events is. */
    private record Asked(EventFilter filter, Predicate<AuditEvent> meaning) {}

    @Provide
    Arbitrary<Asked> asked() {
        Arbitrary<Set<Said>> said = Arbitraries.of(CONDITIONS).set().ofMaxSize(3);
        Arbitrary<Instant> time = Arbitraries.integers().between(-100, 3_000).map(NOON::plusMillis);
        return Combinators.combine(said, time.optional(0.5), time.optional(0.5))
                .as(EventFinderProperties::asked);
    }

    private static Asked asked(Set<Said> said, Optional<Instant> since, Optional<Instant> until) {
        Instant from = since.orElse(Selection.BEGINNING);
        Instant to = until.orElse(Selection.END);
        List<Selection.Key> keys =
                said.stream()
                        .flatMap(each -> each.key().stream())
                        .sorted(Comparator.comparing(Selection.Key::spread))
                        .toList();
        List<EventCondition> others =
                said.stream().flatMap(each -> each.condition().stream()).toList();
        Predicate<AuditEvent> meaning =
                said.stream()
                        .map(Said::meaning)
                        .reduce(event -> true, (one, other) -> one.and(other));
        return new Asked(
                new EventFilter(keys, from, to, others),
                meaning.and(event -> !event.occurredAt().isBefore(from))
                        .and(event -> event.occurredAt().isBefore(to)));
    }

    @Property(tries = 150)
    void shouldFindEachOnceInTheOrderOfTime(
            @ForAll("asked") Asked asked,
            @ForAll boolean oldestFirst,
            @ForAll boolean onDisk,
            @ForAll @IntRange(min = 1, max = 120) int limit,
            @ForAll @IntRange(min = 1, max = 150) int budget) {
        EventOrder order = oldestFirst ? EventOrder.OLDEST_FIRST : EventOrder.NEWEST_FIRST;
        Comparator<AuditEvent> sorting = oldestFirst ? OLDEST_FIRST : OLDEST_FIRST.reversed();

        List<Found> pages = pages(asked.filter(), order, onDisk, limit, budget);

        assertThat(pages.stream().flatMap(page -> page.events().stream()))
                .extracting(AuditEvent::id)
                .containsExactlyElementsOf(ids(meant(asked).sorted(sorting)));
        assertThat(pages).allMatch(page -> page.events().size() <= limit);
        assertThat(read(pages)).allMatch(read -> read <= budget);
    }

    @Property(tries = 150)
    void shouldHaveTheSlowestOfWhatWasReadOnEachPage(
            @ForAll("asked") Asked asked,
            @ForAll boolean onDisk,
            @ForAll @IntRange(min = 1, max = 20) int limit,
            @ForAll @IntRange(min = 1, max = 150) int budget) {
        List<Found> pages = pages(asked.filter(), EventOrder.DURATION, onDisk, limit, budget);

        List<AuditEvent> found = pages.stream().flatMap(page -> page.events().stream()).toList();
        assertThat(found).doesNotHaveDuplicates();
        assertThat(ids(found.stream().sorted(SLOWEST_FIRST).limit(limit)))
                .isEqualTo(ids(meant(asked).sorted(SLOWEST_FIRST).limit(limit)));
        assertThat(pages)
                .allMatch(
                        page ->
                                page.events().stream()
                                        .sorted(SLOWEST_FIRST)
                                        .toList()
                                        .equals(page.events()));
        assertThat(read(pages).mapToLong(read -> read).sum())
                .isEqualTo(all.stream().filter(asked.filter().selection()::contains).count());
    }

    private static Stream<AuditEvent> meant(Asked asked) {
        return all.stream().filter(asked.meaning());
    }

    private static List<String> ids(Stream<AuditEvent> events) {
        return events.map(AuditEvent::id).toList();
    }

    private static Stream<Long> read(List<Found> pages) {
        return pages.stream().flatMap(page -> page.scanned().stream()).map(Found.Scanned::events);
    }

    private static List<Found> pages(
            EventFilter filter, EventOrder order, boolean onDisk, int limit, int budget) {
        EventIndex index = onDisk ? durable.index() : memory;
        SearchSettings settings = new SearchSettings(budget, Duration.ofMinutes(1), 1);
        EventFinder finder = new EventFinder(index, settings, System::nanoTime);
        List<Found> pages = new ArrayList<>();
        String token = "";
        do {
            pages.add(finder.find(new Question(filter, order, limit, token), () -> false));
            token = pages.getLast().nextPageToken();
        } while (!token.isEmpty());
        return pages;
    }
}
