package io.tradingecosystem.audit.app;

import io.grpc.ServerInterceptor;
import io.helidon.webserver.http.Handler;
import io.tradingecosystem.audit.access.AccessPolicy;
import io.tradingecosystem.audit.access.AccessRecords;
import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.access.CallerRuns;
import io.tradingecosystem.audit.access.Denials;
import io.tradingecosystem.audit.access.GrpcAccess;
import io.tradingecosystem.audit.access.HttpAccess;
import io.tradingecosystem.audit.access.Limits;
import io.tradingecosystem.audit.access.PageSessions;
import io.tradingecosystem.audit.access.log.AccessLog;
import io.tradingecosystem.audit.api.AccessLogRoutes;
import io.tradingecosystem.audit.api.web.SessionRoutes;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.DoorGuard;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.grpc.PeerAddress;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.IndexedField;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who may do what at both doors. */
public final class AccessWiring {
    private AccessWiring() {}

    /** What asks may be recorded by, beside the keys of events. */
    private static final Set<String> FILTER_KEYS =
            Set.of(
                    "baseline",
                    "by",
                    "caller",
                    "cause_id",
                    "direction",
                    "effect_id",
                    "event_id",
                    "event_type",
                    "expectation",
                    "id",
                    "kind",
                    "name",
                    "order",
                    "report",
                    "route",
                    "rule",
                    "service_name",
                    "status",
                    "time_window");

    /** Who asked what, recorded from now on; to be closed after the doors. */
    public static AccessLog start(Settings settings, Monitoring monitoring) {
        return AccessLog.start(
                settings.store().path().resolve(AccessLog.DIRECTORY),
                settings.access().auditRetention(),
                settings.access().auditSize(),
                monitoring.meters(),
                monitoring.time());
    }

    /** Lets administrators read who asked what. */
    public static void show(AccessLog log, Doors doors) {
        doors.routes("/api/v1/access-log", new AccessLogRoutes(log));
    }

    /**
     * Guards the doors.
     *
     * @param admin whose token may do everything
     * @param limits how much callers may send
     * @param log where it is recorded who asks
     */
    public static void add(
            Settings settings,
            Optional<AdminToken> admin,
            Limits limits,
            AccessLog log,
            Monitoring monitoring,
            Doors doors) {
        AccessPolicy policy = policy(settings, admin, limits, monitoring);
        Denials denials = Denials.create(monitoring.meters());
        addPage(policy, denials, doors);
        AccessRecords records =
                new AccessRecords(log, settings.access().audit(), filterKeys(settings));
        CallerRuns runs = CallerRuns.create(monitoring.meters());
        doors.guard(
                new Guard(
                        new HttpAccess(
                                policy,
                                hosts(settings),
                                settings.server().http().corsOrigins(),
                                denials,
                                records,
                                runs,
                                monitoring.problems()),
                        new GrpcAccess(
                                policy,
                                denials,
                                records,
                                runs,
                                monitoring.problems(),
                                PeerAddress::certificates),
                        records.messages()));
    }

    private static Set<String> filterKeys(Settings settings) {
        Set<String> keys = new HashSet<>(FILTER_KEYS);
        keys.addAll(settings.store().businessKeys());
        for (IndexedField field : IndexedField.values()) {
            keys.add(field.wireName());
        }
        return keys;
    }

    /** Who may do what, by the settings. */
    public static AccessPolicy policy(
            Settings settings, Optional<AdminToken> admin, Limits limits, Monitoring monitoring) {
        return AccessPolicy.create(
                settings.access(), Permissions.ALL, admin, limits, monitoring.time());
    }

    /** Lets people log in to the page. */
    public static void addPage(AccessPolicy policy, Denials denials, Doors doors) {
        doors.routes("/", new SessionRoutes(new PageSessions(policy, denials)));
    }

    private static Set<String> hosts(Settings settings) {
        Set<String> hosts = new HashSet<>(settings.access().hosts());
        settings.registry()
                .advertisedHost()
                .ifPresent(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        return hosts;
    }

    private record Guard(HttpAccess http, ServerInterceptor calls, ServerInterceptor messages)
            implements DoorGuard {
        @Override
        public Handler guarded(String method, String path, Handler route) {
            return http.guarded(method, path, route);
        }
    }
}
