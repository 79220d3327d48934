package io.tradingecosystem.audit.server.connection;

import io.helidon.health.HealthCheckResponse;
import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.monitoring.Condition;
import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.Monitoring;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks every second whether the files of TLS have changed, on the virtual thread {@code
 * tls-watch}, and shows how the certificates in force are: in a metric, and as a condition. Without
 * TLS there is neither.
 *
 * <p>Fault: that of {@link io.tradingecosystem.audit.tls.SwitchingContext}, for which Helidon's own
 * way to exchange certificates is not used.
 */
public final class TlsWatch implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(TlsWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<ListenerTls> listeners;
    private final RecurringTask task =
            RecurringTask.builder("tls-watch", this::look, TlsWatch::failed).build();

    private TlsWatch(List<ListenerTls> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** Starts to look. */
    public static TlsWatch start(List<ListenerTls> listeners, Monitoring monitoring) {
        TlsWatch watch = new TlsWatch(listeners);
        if (!listeners.isEmpty()) {
            watch.show(monitoring);
            watch.listeners.forEach(ListenerTls::remind);
            watch.task.start();
        }
        return watch;
    }

    private void show(Monitoring monitoring) {
        monitoring
                .meters()
                .gauges(
                        "server_tls_certificate_days_left",
                        "Days until the certificate in force at a listener expires",
                        List.of("listener"),
                        this::daysLeft);
        monitoring
                .conditions()
                .add(
                        new Condition(
                                "tls",
                                "put a certificate and the key that belongs to it into the files"
                                        + " of the settings; those of before are in force until"
                                        + " then",
                                this::condition));
    }

    private Map<List<String>, Double> daysLeft() {
        Map<List<String>, Double> days = new HashMap<>();
        listeners.forEach(
                each -> days.put(List.of(each.listener()), each.certificate().daysLeft()));
        return days;
    }

    private HealthCheckResponse condition() {
        for (ListenerTls each : listeners) {
            ListenerTls.Certificate certificate = each.certificate();
            if (certificate.kept().isPresent()) {
                return Health.down("failure", certificate.kept().get());
            }
            if (certificate.daysLeft() < 0) {
                return Health.down(
                        "failure",
                        "the certificate of the listener %s has expired"
                                .formatted(each.listener()));
            }
        }
        return Health.up();
    }

    private Duration look() {
        listeners.forEach(ListenerTls::look);
        return PAUSE;
    }

    private static Duration failed(Throwable failure) {
        LOG.error("tls.watch.failed", failure);
        return PAUSE;
    }

    @Override
    public void close() {
        task.stop();
    }
}
