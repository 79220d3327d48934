package io.tradingecosystem.audit.api.webhooks;

import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatusSection;
import io.tradingecosystem.audit.notify.NotificationService;
import io.tradingecosystem.audit.notify.NotifyObserver;
import io.tradingecosystem.audit.notify.WebhookStatus;
import io.tradingecosystem.audit.notify.WebhookStatus.State;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Shows webhooks in metrics, health and status; no receiver makes this service unready. */
public final class WebhookMonitoring implements NotifyObserver {
    private static final List<String> WEBHOOK = List.of("webhook");
    private static final Duration[] BUCKETS = Meters.millis(5, 25, 100, 500, 2_500, 10_000, 60_000);

    private final Monitoring monitoring;
    private final Meters.Timers attempts;

    private WebhookMonitoring(Monitoring monitoring) {
        this.monitoring = monitoring;
        this.attempts =
                monitoring
                        .meters()
                        .timers(
                                "audit_webhook_attempt_duration",
                                "How long attempts to tell webhooks took, by what came of them",
                                List.of("webhook", "result"),
                                BUCKETS);
    }

    /** Starts to count what is told with this as its observer. */
    public static WebhookMonitoring create(Monitoring monitoring) {
        return new WebhookMonitoring(monitoring);
    }

    @Override
    public void attempted(String webhook, Result result, Duration duration) {
        attempts.record(duration.toNanos(), webhook, result.name().toLowerCase(Locale.ROOT));
    }

    /** Shows how webhooks are doing. */
    public void show(NotificationService notifications) {
        monitoring.status().add(new StatusSection("webhooks", () -> byName(notifications)));
        monitoring.health().add(Health.detail("webhooks", () -> states(notifications)));
        gauge(
                notifications,
                "audit_webhook_active",
                "1 while a webhook is told, 0 while it is retried or disabled",
                status -> status.state() == State.ACTIVE ? 1 : 0);
        gauge(
                notifications,
                "audit_webhook_behind",
                "Verdicts that were made or became final, and a webhook has not come to",
                WebhookStatus::behind);
        gauge(
                notifications,
                "audit_webhook_oldest_age_seconds",
                "Age of what a webhook is told next; 0 while nothing waits",
                status -> status.oldest().map(age -> age.toMillis() / 1e3).orElse(0.0));
        gauge(
                notifications,
                "audit_webhook_dead_letters",
                "Events that a receiver refused, and that are put aside",
                WebhookStatus::deadLetters);
        monitoring
                .meters()
                .counters(
                        "audit_webhook_lost",
                        "Verdicts that were not kept until a webhook came to them",
                        WEBHOOK,
                        () -> values(notifications, WebhookStatus::lost));
    }

    private void gauge(
            NotificationService notifications,
            String name,
            String help,
            ToDoubleFunction<WebhookStatus> value) {
        monitoring.meters().gauges(name, help, WEBHOOK, () -> values(notifications, value));
    }

    private static Map<List<String>, Double> values(
            NotificationService notifications, ToDoubleFunction<WebhookStatus> value) {
        Map<List<String>, Double> values = new HashMap<>();
        notifications
                .statuses()
                .forEach(status -> values.put(List.of(status.name()), value.applyAsDouble(status)));
        return values;
    }

    private static Map<String, Object> byName(NotificationService notifications) {
        Map<String, Object> all = new LinkedHashMap<>();
        notifications.statuses().forEach(each -> all.put(each.name(), each));
        return all;
    }

    private static Map<String, Object> states(NotificationService notifications) {
        Map<String, Object> states = new LinkedHashMap<>();
        notifications.statuses().forEach(each -> states.put(each.name(), each.state().name()));
        return states;
    }
}
