package io.tradingecosystem.audit.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.notify.WebhookStatus.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.settings.WebhookSettings.From;
import io.tradingecosystem.audit.settings.WebhookSettings.Versions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

class WebhookDeliveryTest {
    private final Told told = new Told();

    @Test
    void shouldTellVerdictsInTheirOrder() {
        told.feed.failed(3, 1, 2);

        told.run(10);

        assertThat(told.taken).containsExactly("3-v1-final", "1-v1-final", "2-v1-final");
        assertThat(told.status().position()).isEqualTo(3);
        assertThat(told.status().behind()).isZero();
        assertThat(told.status().oldest()).isEmpty();
        assertThat(told.status().delivered()).isEqualTo(3);
        assertThat(told.status().lastSuccess()).contains(ManualFeed.START);
    }

    @Test
    void shouldBeginWithWhatComesNextWhereItIsNew() {
        told.with(Told.settings(From.END, 3, Versions.FINAL, Set.of())).feed.failed(1);
        told.run(10);

        told.feed.failed(2);
        told.run(10);

        assertThat(told.taken).containsExactly("2-v1-final");
    }

    @Test
    void shouldLoseNothingWhileTheReceiverIsDown() {
        told.feed.failed(1, 2);
        told.usually(500).run(20);

        assertThat(told.status().state()).isEqualTo(State.RETRYING);
        assertThat(told.status().behind()).isEqualTo(2);
        assertThat(told.status().oldest().orElseThrow()).isPositive();
        assertThat(told.status().attempts()).isEqualTo(20);
        assertThat(told.status().lastFailure().orElseThrow().reason()).isEqualTo("status 500");
        told.feed.failed(3);
        told.restart();
        told.usually(200).run(20);

        assertThat(told.taken).containsExactly("1-v1-final", "2-v1-final", "3-v1-final");
        assertThat(told.status().state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void shouldTellAgainWhatItDiedOver() {
        told.feed.failed(1);
        told.answering(new Answer.None("no whole answer within 10s"));
        told.step();

        told.restart();
        told.step();

        assertThat(told.requests).hasSize(2);
        assertThat(told.requests.getFirst().headers().get("webhook-id"))
                .isEqualTo(told.requests.getLast().headers().get("webhook-id"));
        assertThat(told.taken).containsExactly("1-v1-final");
    }

    @Test
    void shouldNotTellAgainWhatWasTakenBeforeARestart() {
        told.feed.failed(1, 2);
        told.step();

        told.restart();
        told.run(10);

        assertThat(told.taken).containsExactly("1-v1-final", "2-v1-final");
    }

    @Test
    void shouldWaitLongerFromFailureToFailureAndNeverLongerThanTenMinutes() {
        told.feed.failed(1);
        told.usually(500);
        Duration bound = Duration.ofSeconds(1);
        for (int failure = 0; failure < 30; failure++) {
            Duration pause = told.step();

            assertThat(pause).isPositive().isLessThanOrEqualTo(bound);
            assertThat(told.step()).as("not before its time").isEqualTo(pause);
            told.pass(pause);
            bound =
                    bound.multipliedBy(2).compareTo(Duration.ofMinutes(10)) < 0
                            ? bound.multipliedBy(2)
                            : Duration.ofMinutes(10);
        }
        assertThat(told.requests).hasSize(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void shouldWaitAsLongAsTheReceiverAsks(int status) {
        told.feed.failed(1);
        told.answering(new Answer.Status(status, Optional.of("120"), ""));

        assertThat(told.step()).isEqualTo(Duration.ofMinutes(2));
        assertThat(told.status().nextAttempt())
                .contains(ManualFeed.START.plus(Duration.ofMinutes(2)));
    }

    @Test
    void shouldWaitForADateButNotForever() {
        told.feed.failed(1);
        told.answering(new Answer.Status(503, Optional.of("Thu, 01 Jan 2026 12:10:00 GMT"), ""));
        told.answering(new Answer.Status(503, Optional.of("Fri, 01 Jan 2027 12:10:00 GMT"), ""));

        assertThat(told.step()).isEqualTo(Duration.ofMinutes(10));
        told.pass(Duration.ofMinutes(10));
        assertThat(told.step()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "99999999999999999999", "Thu, 01 Jan 2026 11:00:00 GMT"})
    void shouldWaitAsUsualWhereTheReceiverAsksForNothingSensible(String header) {
        told.feed.failed(1);
        told.answering(new Answer.Status(503, Optional.of(header), ""));

        assertThat(told.step()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422})
    void shouldPutAsideWhatIsRefusedAgainAndAgainAndGoOn(int status) {
        told.feed.failed(1, 2);
        told.answering(status, status, status);

        told.run(20);

        assertThat(told.taken).containsExactly("2-v1-final");
        assertThat(told.status().state()).isEqualTo(State.ACTIVE);
        assertThat(told.status().deadLetters()).isEqualTo(1);
        DeadLetter letter = told.deadLetters().getFirst();
        assertThat(letter.verdictId()).endsWith("01");
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.reason()).isEqualTo("status " + status + ": no");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404, 408, 425, 429, 500, 502, 503, 504})
    void shouldHoldUpTheRestWhereItIsNotTheEventsFault(int status) {
        told.feed.failed(1, 2);
        told.usually(status).run(50);

        assertThat(told.taken).isEmpty();
        assertThat(told.deadLetters()).isEmpty();
        assertThat(told.status().behind()).isEqualTo(2);
    }

    @Test
    void shouldGiveUpAnEventThatIsAnsweredWithAFailureForLongEnough() {
        told.with(Told.givingUp(Duration.ofHours(1)));
        told.feed.failed(1, 2);
        told.answering(IntStream.range(0, 100).map(i -> 500).toArray());

        while (told.deadLetters().isEmpty()) {
            told.pass(told.step());
        }
        Duration waited = Duration.between(ManualFeed.START, told.clock.instant());
        told.asUsual().run(20);

        assertThat(waited).isBetween(Duration.ofHours(1), Duration.ofMinutes(71));
        assertThat(told.taken).containsExactly("2-v1-final");
        DeadLetter letter = told.deadLetters().getFirst();
        assertThat(letter.reason()).isEqualTo("status 500: no");
        assertThat(letter.attempts()).isGreaterThan(6);
        assertThat(told.status().state()).isEqualTo(State.ACTIVE);
        told.retry();
        told.run(20);
        assertThat(told.taken).containsExactly("2-v1-final", "1-v1-final");
    }

    @Test
    void shouldNotGiveUpForAReceiverThatIsAwayOrAsksForTime() {
        told.with(Told.givingUp(Duration.ofMinutes(1)));
        told.feed.failed(1);
        for (int i = 0; i < 50; i++) {
            told.answering(new Answer.None("no connection")).answering(503, 500, 429);
        }
        told.run(200);

        assertThat(told.deadLetters()).isEmpty();
        told.run(20);
        assertThat(told.taken).containsExactly("1-v1-final");
    }

    @Test
    void shouldSkipTheEventThatIsNamed() throws Exception {
        told.feed.failed(1, 2);
        told.usually(500).run(3);
        String next = told.status().next().orElseThrow();

        assertThat(told.delivery().skip("another")).isEqualTo(new Skipped.Other(Optional.of(next)));
        assertThat(told.delivery().skip(next)).isEqualTo(new Skipped.Done(1));
        told.usually(200).run(20);

        assertThat(told.taken).containsExactly("2-v1-final");
        assertThat(told.deadLetters().getFirst().reason())
                .isEqualTo("skipped by an operator; before: status 500");
        assertThat(told.delivery().skip(next)).isEqualTo(new Skipped.Other(Optional.empty()));
        told.restart();
        told.retry();
        told.run(20);
        assertThat(told.taken).containsExactly("2-v1-final", "1-v1-final");
    }

    @Test
    void shouldSkipNothingWhereNoMoreCanBePutAside() throws Exception {
        told.with(Told.settings(From.BEGINNING, 1, Versions.FINAL, Set.of()));
        told.feed.failed(IntStream.rangeClosed(1, Outbox.MAX_DEAD_LETTERS + 1).toArray());
        told.usually(400).run(Outbox.MAX_DEAD_LETTERS + 1);

        assertThat(told.delivery().skip(told.status().next().orElseThrow()))
                .isEqualTo(new Skipped.NoRoom());
        assertThat(told.status().behind()).isEqualTo(1);
    }

    @Test
    void shouldSendAgainWhatWasPutAsideWhenAsked() {
        told.feed.failed(1, 2);
        told.answering(422, 422, 422).run(20);
        told.restart();

        assertThat(told.retry()).isEqualTo(1);
        assertThat(told.status().again()).isEqualTo(1);
        told.run(20);

        assertThat(told.taken).containsExactly("2-v1-final", "1-v1-final");
        assertThat(told.deadLetters()).isEmpty();
        assertThat(told.status().again()).isZero();
    }

    @Test
    void shouldPutAsideAgainWhatIsStillRefused() {
        told.feed.failed(1, 2);
        told.answering(422, 422, 422).run(20);
        told.retry();

        told.answering(422, 422, 422).run(20);

        assertThat(told.deadLetters()).hasSize(1);
        assertThat(told.status().again()).isZero();
        assertThat(told.status().behind()).isZero();
    }

    @Test
    void shouldTryWhatIsSentAgainAsOftenAsAnyOther() {
        told.feed.failed(1);
        told.answering(422, 422, 422).run(20);
        told.feed.failed(2);
        told.answering(422, 422).run(2);
        assertThat(told.taken).isEmpty();

        told.retry();
        told.answering(422).run(1);

        assertThat(told.deadLetters()).isEmpty();
        assertThat(told.status().again()).isEqualTo(1);
    }

    @Test
    void shouldHoldUpTheRestWhereNoMoreCanBePutAside() {
        told.with(Told.settings(From.BEGINNING, 1, Versions.FINAL, Set.of()));
        told.feed.failed(IntStream.rangeClosed(1, Outbox.MAX_DEAD_LETTERS + 2).toArray());
        told.usually(400).run(Outbox.MAX_DEAD_LETTERS + 20);

        assertThat(told.status().deadLetters()).isEqualTo(Outbox.MAX_DEAD_LETTERS);
        assertThat(told.status().state()).isEqualTo(State.RETRYING);
        assertThat(told.status().behind()).isEqualTo(2);
        told.usually(200);
        told.retry();
        told.run(Outbox.MAX_DEAD_LETTERS + 20);

        assertThat(told.taken).hasSize(Outbox.MAX_DEAD_LETTERS + 2).doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveAloneWhoWantsNoMoreUntilAsked() {
        told.feed.failed(1, 2);
        told.answering(410).run(20);

        assertThat(told.requests).hasSize(1);
        assertThat(told.status().state()).isEqualTo(State.DISABLED);
        told.retry();
        told.run(20);

        assertThat(told.taken).containsExactly("1-v1-final", "2-v1-final");
    }

    @Test
    void shouldLeaveAloneWhoWantsNoMoreAlsoWhenAnEventIsSkipped() throws Exception {
        told.feed.failed(1, 2);
        told.answering(410).run(20);

        told.delivery().skip(told.status().next().orElseThrow());
        told.run(20);

        assertThat(told.requests).hasSize(1);
        assertThat(told.status().state()).isEqualTo(State.DISABLED);
        told.retry();
        told.run(20);
        assertThat(told.taken).containsExactlyInAnyOrder("1-v1-final", "2-v1-final");
    }

    @Test
    void shouldTryWhoWantedNoMoreAfterARestart() {
        told.feed.failed(1);
        told.answering(410).run(20);

        told.restart();
        told.run(20);

        assertThat(told.taken).containsExactly("1-v1-final");
    }

    @Test
    void shouldSayHowManyVerdictsWereNotKept() {
        told.usually(500).feed.failed(1, 2, 3, 4);
        told.run(3);
        told.feed.forgetTo(3);
        told.restart();

        told.usually(200).run(20);

        assertThat(told.taken).containsExactly("lost-1-3", "4-v1-final");
        assertThat(told.status().lost()).isEqualTo(3);
        var lost =
                told.requests.stream()
                        .map(Told::event)
                        .filter(event -> event.get("id").asText().equals("lost-1-3"))
                        .findFirst()
                        .orElseThrow();
        assertThat(lost.at("/data/count").asInt()).isEqualTo(3);
        told.restart();
        assertThat(told.status().lost()).as("also after a restart").isEqualTo(3);
    }

    @Test
    void shouldSayThatTheLatestVerdictsWereNotKept() {
        told.feed.failed(1, 2);
        told.feed.forgetTo(2);

        told.run(20);

        assertThat(told.taken).containsExactly("lost-1-2");
        assertThat(told.status().behind()).isZero();
    }

    @Test
    void shouldTellOnlyOfWhatFits() {
        told.with(Told.settings(From.BEGINNING, 3, Versions.FINAL, Set.of("failed")));
        told.feed.make(ManualFeed.verdict(1, Status.PASSED));
        told.feed.make(ManualFeed.verdict(2, Status.FAILED, "reacts", false));
        told.feed.make(ManualFeed.verdict(3, Status.FAILED));
        told.feed.make(ManualFeed.verdict(4, Status.INCONCLUSIVE));

        told.run(20);

        assertThat(told.taken).containsExactly("3-v1-final");
        assertThat(told.status().behind()).as("what does not fit is done with").isZero();
    }

    @Test
    void shouldTellOfEachVersionAndThatItBecameFinalWhereAllAreAsked() {
        told.with(Told.settings(From.BEGINNING, 3, Versions.ALL, Set.of()));
        told.feed.make(ManualFeed.verdict(1, Status.FAILED, "reacts", false));
        told.feed.make(ManualFeed.verdict(1, Status.FAILED, "reacts", true));

        told.run(20);

        assertThat(told.taken).containsExactly("1-v1", "1-v1-final");
    }

    @Test
    void shouldTellOfWhatFitsBehindManyThatDoNot() {
        told.with(Told.settings(From.BEGINNING, 3, Versions.FINAL, Set.of("failed")));
        for (int i = 1; i <= 1_000; i++) {
            told.feed.make(ManualFeed.verdict(i, Status.PASSED));
        }
        told.feed.failed(1_001);

        told.run(5);

        assertThat(told.taken).containsExactly("1001-v1-final");
    }

    @Test
    void shouldTellAgainRatherThanNotAtAllWhereVerdictsAreNumberedAnew() {
        told.feed.failed(1, 2, 3);
        told.run(20);
        ManualFeed anew = told.feed;
        anew.beginAnew();
        anew.failed(1);
        told.run(20);

        anew.failed(2);
        told.run(20);

        assertThat(told.status().position()).isEqualTo(2);
        assertThat(told.taken).endsWith("2-v1-final");
    }
}
