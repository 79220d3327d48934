package io.tradingecosystem.audit.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class HealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();
    private final Health health = Health.create(now::get);

    @AfterEach
    void close() {
        health.close();
    }

    @Test
    void shouldNotBeReadyBeforeItServes() {
        assertThat(health.report().ready().up()).isFalse();
        assertThat(health.report().started().up()).isFalse();
        assertThat(health.report().live().up()).isTrue();

        health.enter(HealthState.SERVING);

        assertThat(health.report().ready().up()).isTrue();
        assertThat(health.report().started().up()).isTrue();
    }

    @Test
    void shouldNotBeReadyWhenAReadinessCheckIsDown() {
        health.add(Health.readiness("event-log", () -> Health.down("reason", "disk full")));
        health.enter(HealthState.SERVING);

        assertThat(health.report().ready().up()).isFalse();
        assertThat(health.report().all().up()).isFalse();
        assertThat(health.report().live().up()).isTrue();
        assertThat(text(health.report().ready()))
                .contains("\"event-log\"")
                .contains("\"disk full\"");
    }

    @Test
    void shouldNotBeLiveWhenALivenessCheckIsDown() {
        health.add(Health.liveness("committer", () -> Health.down("reason", "gone")));
        health.enter(HealthState.SERVING);

        assertThat(health.report().live().up()).isFalse();
        assertThat(health.report().all().up()).isFalse();
    }

    @Test
    void shouldStayHealthyWhateverADetailSays() {
        health.add(Health.detail("peers", () -> Map.of("risk-monitor", "DOWN")));
        health.enter(HealthState.SERVING);

        assertThat(health.report().all().up()).isTrue();
        assertThat(text(health.report().all())).contains("\"risk-monitor\":\"DOWN\"");
    }

    @Test
    void shouldBeDownWhenACheckThrows() {
        health.add(
                Health.readiness(
                        "broken",
                        () -> {
                            throw new IllegalStateException("no idea");
                        }));
        health.enter(HealthState.SERVING);

        assertThat(health.report().ready().up()).isFalse();
        assertThat(text(health.report().ready())).contains("no idea");
    }

    @Test
    void shouldNotBeLiveWhenTheChecksHang() {
        // given
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        health.enter(HealthState.SERVING);
        health.add(
                Health.readiness(
                        "slow",
                        () -> {
                            hung.countDown();
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return Health.up();
                        }));
        await().atMost(PATIENCE).until(() -> hung.getCount() == 0);

        // when
        now.addAndGet(Duration.ofSeconds(11).toNanos());

        // then
        assertThat(health.report().live().up()).isFalse();
        assertThat(text(health.report().live())).contains("health-checks");

        // and when the check comes back
        release.countDown();
        await().atMost(PATIENCE).until(() -> health.report().live().up());
    }

    @Test
    void shouldTellListenersOfChangesOnly() {
        AtomicInteger changes = new AtomicInteger();
        health.onChange(changes::incrementAndGet);

        health.enter(HealthState.SERVING);
        health.check();
        health.check();
        health.enter(HealthState.STOPPING);

        assertThat(changes).hasValue(2);
    }

    @Test
    void shouldCheckByItself() {
        AtomicInteger rounds = new AtomicInteger();
        health.add(
                Health.readiness(
                        "counting",
                        () -> {
                            rounds.incrementAndGet();
                            return Health.up();
                        }));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rounds.get()).isPositive());
    }

    private static String text(HealthReport.Answer answer) {
        return new String(answer.json(), StandardCharsets.UTF_8);
    }
}
