package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.verdicts.FindingWindows;
import io.tradingecosystem.audit.api.webhooks.WebhookMonitoring;
import io.tradingecosystem.audit.api.webhooks.WebhookRoutes;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.notify.Answer;
import io.tradingecosystem.audit.notify.HttpCaller;
import io.tradingecosystem.audit.notify.NotificationService;
import io.tradingecosystem.audit.notify.NotificationSetup;
import io.tradingecosystem.audit.notify.ServedVerdicts;
import io.tradingecosystem.audit.notify.WebhookCaller;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.settings.NotifySettings;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.settings.TlsSettings;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.tls.TlsFiles;

import java.util.Optional;
import java.util.Random;

import javax.net.ssl.SSLContext;

/** Who is told of verdicts. */
public final class NotifyWiring {
    private NotifyWiring() {}

    /** Webhooks that are told already; they are to be closed before verdicts are. */
    public static NotificationService start(
            Settings settings, Store store, VerdictService verdicts, Monitoring monitoring) {
        WebhookMonitoring observer = WebhookMonitoring.create(monitoring);
        NotificationService notifications =
                NotificationService.create(
                        store.projections(),
                        ServedVerdicts.of(verdicts),
                        new NotificationSetup(
                                settings.service().name(),
                                settings.notifications(),
                                new FindingWindows(verdicts::expectation)::write,
                                caller(settings.notifications()),
                                observer),
                        monitoring.time(),
                        new Random());
        observer.show(notifications);
        notifications.start();
        return notifications;
    }

    /** Without webhooks nobody is called, and the client of the JDK takes time to make. */
    private static WebhookCaller caller(NotifySettings settings) {
        return settings.webhooks().isEmpty()
                ? request -> new Answer.None("nobody is called")
                : HttpCaller.create(tls(settings));
    }

    private static Optional<SSLContext> tls(NotifySettings settings) {
        TlsFiles files = TlsFiles.ofClient(settings.tls(), "notify.tls");
        return settings.tls().equals(TlsSettings.off())
                ? Optional.empty()
                : Optional.of(files.parse(files.read()).context());
    }

    /** Lets it be asked how webhooks are doing. */
    public static void add(NotificationService notifications, Doors doors) {
        doors.routes("/api/v1/webhooks", new WebhookRoutes(notifications))
                .link("/api/v1/webhooks", "who is told of verdicts");
    }
}
