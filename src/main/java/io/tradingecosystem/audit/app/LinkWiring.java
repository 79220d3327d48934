package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.api.links.LinkMonitoring;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.settings.CorrelationSettings;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Projections;
import io.tradingecosystem.audit.store.Store;

/** Puts the linker on a log. */
public final class LinkWiring {
    private LinkWiring() {}

    /**
     * A linker that links already, unless the settings say that it should not, though its rules may
     * still be on their way; it is to be closed before the log. What was found before can be seen
     * in any case.
     */
    static LinkService start(
            String service,
            CorrelationSettings settings,
            Monitoring monitoring,
            EventLog log,
            EventIndex index,
            Projections projections) {
        LinkMonitoring observer = LinkMonitoring.create(monitoring);
        LinkService links =
                LinkService.create(
                        new Store(log, index, projections),
                        new LinkSetup(service, settings.rules(), bounds(settings)),
                        observer,
                        monitoring.time());
        if (settings.enabled()) {
            links.startWithoutWaiting();
        }
        observer.show(links);
        return links;
    }

    public static LinkBounds bounds(CorrelationSettings settings) {
        return new LinkBounds(
                settings.allowedLateness(),
                settings.clockSkew(),
                settings.maxRemembered(),
                settings.maxCauses(),
                settings.maxEffects());
    }
}
