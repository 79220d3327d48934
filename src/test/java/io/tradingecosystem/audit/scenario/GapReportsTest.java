package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.ReportedGap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;

class GapReportsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static final Predicate<String> ANY = service -> true;

    private final MemoryStore store = MemoryStore.create(InstantSource.fixed(NOW), Set.of());
    private final GapReports gaps =
            new GapReports(
                    store,
                    EventAliases.DEFAULT,
                    Duration.ofHours(24),
                    Duration.ofHours(1),
                    InstantSource.fixed(NOW));

    private static ReportedGap gap(String service, Duration from, Duration to, String reason) {
        Gap gap = new Gap(NOW.plus(from), NOW.plus(to), reason);
        return new ReportedGap(service, gap, new Teller("anonymous", "none", "http", "192.0.2.1"));
    }

    private static ReportedGap minute(String service, String reason) {
        return gap(service, Duration.ofMinutes(-1), Duration.ZERO, reason);
    }

    @Test
    void shouldWriteWhatWasLostAndWhoSaysSoInOurWords() {
        GapReports.Told told = gaps.tell(minute("trading-engine", "queue full"), ANY);

        AuditEvent event = store.byId(told.id()).orElseThrow();
        assertThat(event.author()).isEqualTo(Author.OWN);
        assertThat(OwnWords.isOwnId(event.id())).isTrue();
        assertThat(event.service()).isEqualTo("trading-system-engine");
        assertThat(event.attribute("address")).isEqualTo("192.0.2.1");
        assertThat(VerdictEvents.gap(event))
                .contains(new Gap(NOW.minusSeconds(60), NOW, "queue full"));
    }

    @Test
    void shouldTellTheSameTimeOfTheSameServiceOnce() {
        GapReports.Told first = gaps.tell(minute("a", "queue full"), ANY);

        assertThat(gaps.tell(minute("a", "queue full"), ANY))
                .isEqualTo(new GapReports.Told(first.id(), first.position(), false));
        assertThat(gaps.tell(minute("a", "other"), ANY))
                .isEqualTo(new GapReports.Told(first.id(), first.position(), false));
        assertThat(gaps.tell(minute("b", "queue full"), ANY).isNew()).isTrue();
    }

    @Test
    void shouldRefuseWhatIsTooLongOrAheadOrNoTime() {
        refuses(gap("a", Duration.ofHours(-24).minusNanos(1), Duration.ZERO, "r"), "max-gap");
        refuses(gap("a", Duration.ZERO, Duration.ofHours(1).plusNanos(1), "r"), "ahead");
        refuses(gap("a", Duration.ZERO, Duration.ZERO, "r"), "not before");
        refuses(minute(" ", "r"), "service");
        assertThat(store.lastPosition()).isZero();
    }

    private void refuses(ReportedGap gap, String why) {
        assertThatThrownBy(() -> gaps.tell(gap, ANY))
                .isInstanceOf(InvalidGapException.class)
                .hasMessageContaining(why);
    }

    @Test
    void shouldTakeTheLongestGapThatMayBe() {
        assertThat(
                        gaps.tell(gap("a", Duration.ofHours(-23), Duration.ofHours(1), "r"), ANY)
                                .isNew())
                .isTrue();
    }

    @Test
    void shouldTakeNoWordForAServiceOfOthers() {
        ReportedGap gap = minute("trading-engine", "r");

        assertThatThrownBy(() -> gaps.tell(gap, "trading-engine"::equals))
                .isInstanceOf(ForeignGapException.class)
                .hasMessageContaining("trading-system-engine");
        assertThat(gaps.tell(gap, "trading-system-engine"::equals).isNew()).isTrue();
    }
}
