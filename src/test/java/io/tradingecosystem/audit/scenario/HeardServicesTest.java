package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.sources.Dropped;
import io.tradingecosystem.audit.scenario.sources.HeardService;
import io.tradingecosystem.audit.scenario.sources.SourceStoreReader;
import io.tradingecosystem.audit.scenario.sources.SourceStoreReader.Page;
import io.tradingecosystem.audit.scenario.sources.SourceView;
import io.tradingecosystem.audit.scenario.sources.Speaking;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is known of the services that were heard, and of those that are to speak. */
class HeardServicesTest {
    private static final String X =
            """
            name: x
            when: {type: t}
            expect: [{name: filled, event: {service: venue, type: filled}, within: 10s}]
            speaks: [{service: venue, every: 5s}]
            """;

    private final Hearing hearing = new Hearing();

    @Test
    void shouldTellWhenAServiceWasHeardAndHowLate() {
        for (int i = 0; i < 99; i++) {
            record(Scene.event("desk", "t", "e" + i, i).build(), i + 0.1);
        }
        record(Scene.event("desk", "t", "late", 40).build(), 140);

        HeardService desk = heard("desk");
        assertThat(desk.events()).isEqualTo(100);
        assertThat(desk.times().orElseThrow().first()).isEqualTo(Scene.at(0));
        assertThat(desk.times().orElseThrow().last()).isEqualTo(Scene.at(98));
        assertThat(desk.times().orElseThrow().lastRecorded()).isEqualTo(Scene.at(140));
        assertThat(seconds(desk, 500)).isCloseTo(0.1, Percentage.withPercentage(5));
        assertThat(seconds(desk, 990)).isCloseTo(0.1, Percentage.withPercentage(5));
        assertThat(seconds(desk, 999)).isCloseTo(100, Percentage.withPercentage(5));
    }

    @Test
    void shouldMeasureLatenessFromTheEndOfASpan() {
        Duration took = Duration.ofSeconds(30);
        record(Scene.event("desk", "t", "long", 0).duration(took).build(), 31);
        record(Scene.event("desk", "t", "ahead", 40).build(), 32);

        assertThat(seconds(heard("desk"), 999)).isCloseTo(1, Percentage.withPercentage(5));
        assertThat(heard("desk").ahead()).isEqualTo(1);
    }

    @Test
    void shouldBearWhateverASenderSaysThatSomethingTook() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        hearing.add(Scene.event("desk", "t", "a", 0).duration(forever).build());
        hearing.add(Scene.event("desk", "t", "b", 0).duration(forever.negated()).build());

        assertThat(heard("desk").events()).isEqualTo(2);
        assertThat(heard("desk").lateness(999)).contains(Duration.ZERO);
    }

    @Test
    void shouldSumWhatAnSdkSaysItDropped() {
        hearing.add(
                Scene.event("desk", "t", "a", 0)
                        .attribute("otel.dropped_events_count", 2L)
                        .attribute("otel.dropped_links_count", 3L)
                        .build());
        hearing.add(
                Scene.event("desk", "t", "b", 0)
                        .attribute("otel.dropped_attributes_count", 4L)
                        .attribute("otel.resource.dropped_attributes_count", 5L)
                        .attribute("otel.scope.dropped_attributes_count", 6L)
                        .attribute("otel.dropped_events_count", "many")
                        .build());

        assertThat(heard("desk").dropped()).isEqualTo(new Dropped(2, 15, 3));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1", "4294967295, 4294967295", "4294967296, 0"})
    void shouldBelieveWhatACountOfOtlpCanSay(long told, long believed) {
        hearing.add(
                Scene.event("desk", "t", "a", 0)
                        .attribute("otel.dropped_events_count", told)
                        .build());
        hearing.add(
                Scene.event("desk", "t", "b", 0)
                        .attribute("otel.dropped_links_count", told)
                        .build());

        assertThat(heard("desk").dropped()).isEqualTo(new Dropped(believed, 0, believed));
    }

    @Test
    void shouldTellOfLossesThatWereReported() {
        hearing.add(VerdictEvents.gap("desk", new Gap(Scene.at(-9), Scene.at(-8), "queue full")));
        hearing.add(VerdictEvents.gap("desk", new Gap(Scene.at(-7), Scene.at(-6), "disk full")));

        assertThat(heard("desk").losses()).isEqualTo(2);
        assertThat(heard("desk").lastLoss().orElseThrow().reason()).isEqualTo("disk full");
        assertThat(heard("desk").events()).isZero();
        assertThat(heard("desk").times()).as("word of a loss is no sign of life").isEmpty();
    }

    @Test
    void shouldNotBelieveALossThatNobodyReportedInOurWords() {
        AuditEvent loss = VerdictEvents.gap("desk", new Gap(Scene.at(-9), Scene.at(-8), "full"));
        hearing.add(loss.toBuilder().author(Author.DOOR).build());

        assertThat(find("desk")).isEmpty();
    }

    @Test
    void shouldForgetWhoWasHeardLongestAgo() {
        for (int i = 0; i < HeardServices.MAX; i++) {
            hearing.add(Scene.event("s" + i, "t", "e" + i, 0).build());
        }
        hearing.add(Scene.event("s0", "t", "again", 0).build());
        hearing.restart();
        hearing.add(Scene.event("new", "t", "new", 0).build());

        assertThat(heard("s0").events()).isEqualTo(2);
        assertThat(find("s1")).isEmpty();
        assertThat(page(10, "").incomplete()).containsExactly(Omission.of(Bound.HEARD_SERVICES, 1));
        hearing.add(Scene.event("s1", "t", "s1", 0).build());
        assertThat(heard("s1").events()).isEqualTo(1);
        assertThat(find("s2")).isEmpty();
    }

    @Test
    void shouldTellWhoIsSilentAndSinceWhen() {
        hearing.define(X);
        assertThat(venue().isSilent(Scene.at(0))).as("it never spoke").isTrue();
        assertThat(find("venue").orElseThrow().heard()).isEmpty();

        hearing.add(Scene.event("venue", "sign", "a", 1).build());
        hearing.add(Scene.event("venue", "sign", "b", 9).build());

        assertThat(venue().isSilent(Scene.at(14))).isFalse();
        assertThat(venue().isSilent(Scene.at(14.1))).isTrue();
        assertThat(venue().lastSign()).contains(Scene.at(9));
        assertThat(venue().holes()).isEqualTo(1);
        assertThat(venue().expectations()).containsExactly("x");
    }

    @Test
    void shouldShowServicesByNamePageByPage() {
        hearing.define(X);
        for (String service : List.of("z", "a", "m")) {
            hearing.add(Scene.event(service, "t", service, 0).build());
        }

        Page first = page(2, "");
        assertThat(first.sources()).extracting(SourceView::service).containsExactly("a", "m");
        Page second = page(2, first.nextPageToken());
        assertThat(second.sources()).extracting(SourceView::service).containsExactly("venue", "z");
        assertThat(second.nextPageToken()).isEmpty();
    }

    private Speaking venue() {
        return find("venue").orElseThrow().speaks().getFirst();
    }

    private void record(AuditEvent event, double at) {
        hearing.setClock(at);
        hearing.add(event);
    }

    private static double seconds(HeardService heard, int permille) {
        return heard.lateness(permille).orElseThrow().toNanos() / 1e9;
    }

    private HeardService heard(String service) {
        return find(service).flatMap(SourceView::heard).orElseThrow();
    }

    private Optional<SourceView> find(String service) {
        return reader().find(inForce(), service);
    }

    private Page page(int limit, String token) {
        return reader().page(inForce(), limit, token);
    }

    private SourceStoreReader reader() {
        return new SourceStoreReader(hearing.store().projection("scenario"));
    }

    private List<Expectation> inForce() {
        return hearing.referee().expectations().inForce().all().stream()
                .map(Definition::content)
                .toList();
    }
}
