package io.tradingecosystem.audit.app;

import io.grpc.ServerInterceptor;
import io.helidon.webserver.http.Handler;
import io.tradingecosystem.audit.access.AccessPolicy;
import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.access.Denials;
import io.tradingecosystem.audit.access.GrpcAccess;
import io.tradingecosystem.audit.access.HttpAccess;
import io.tradingecosystem.audit.access.Limits;
import io.tradingecosystem.audit.access.PageSessions;
import io.tradingecosystem.audit.api.web.SessionRoutes;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.DoorGuard;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.grpc.PeerAddress;
import io.tradingecosystem.audit.settings.Settings;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who may do what at both doors. */
public final class AccessWiring {
    private AccessWiring() {}

    /**
     * Guards the doors.
     *
     * @param admin whose token may do everything
     * @param limits how much callers may send
     */
    public static void add(
            Settings settings,
            Optional<AdminToken> admin,
            Limits limits,
            Monitoring monitoring,
            Doors doors) {
        AccessPolicy policy = policy(settings, admin, limits, monitoring);
        Denials denials = Denials.create(monitoring.meters());
        addPage(policy, denials, doors);
        doors.guard(
                new Guard(
                        new HttpAccess(
                                policy,
                                hosts(settings),
                                settings.server().http().corsOrigins(),
                                denials),
                        new GrpcAccess(policy, denials, PeerAddress::certificates)));
    }

    /** Who may do what, by the settings. */
    public static AccessPolicy policy(
            Settings settings, Optional<AdminToken> admin, Limits limits, Monitoring monitoring) {
        return AccessPolicy.create(
                settings.access(), Permissions.ALL, admin, limits, monitoring.time());
    }

    /** Lets people log in to the page. */
    public static void addPage(AccessPolicy policy, Denials denials, Doors doors) {
        doors.routes("/", new SessionRoutes(new PageSessions(policy, denials)))
                .part(SessionRoutes.part());
    }

    private static Set<String> hosts(Settings settings) {
        Set<String> hosts = new HashSet<>(settings.access().hosts());
        settings.registry()
                .advertisedHost()
                .ifPresent(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        return hosts;
    }

    private record Guard(HttpAccess http, ServerInterceptor calls) implements DoorGuard {
        @Override
        public Handler guarded(String method, String path, Handler route) {
            return http.guarded(method, path, route);
        }
    }
}
