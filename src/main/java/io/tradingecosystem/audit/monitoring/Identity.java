package io.tradingecosystem.audit.monitoring;

import io.tradingecosystem.audit.settings.ServiceSettings;
import io.tradingecosystem.audit.settings.Settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Who this process is, as logs, status, registry and older clients see it.
 *
 * @param service the kind of service
 * @param instance this copy of it, a DNS label
 * @param version the version it announces
 * @param environment where it runs
 * @param build what it was built from
 * @param startedAt when it started, by the wall clock
 */
public record Identity(
        String service,
        String instance,
        String version,
        String environment,
        Build build,
        Instant startedAt) {
    private static final int MAX_LABEL_LENGTH = 63;

    /** Names the instance as configured, else after service, host and HTTP port. */
    public static Identity of(Settings settings, Build build, Instant now) {
        ServiceSettings service = settings.service();
        int port = settings.server().http().port();
        return new Identity(
                service.name(),
                service.instance().orElseGet(() -> instanceName(service.name(), hostName(), port)),
                service.version(),
                service.environment(),
                build,
                now);
    }

    /** What each line of a log in JSON says of who wrote it. */
    public Map<String, String> logged() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("service", service);
        fields.put("instance", instance);
        fields.put("environment", environment);
        return fields;
    }

    private static String instanceName(String service, String host, int port) {
        String unique =
                port == 0 ? Long.toString(ProcessHandle.current().pid()) : Integer.toString(port);
        String label =
                (service + "-" + host)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        int room = MAX_LABEL_LENGTH - unique.length() - 1;
        String start = label.length() > room ? label.substring(0, room) : label;
        return start.replaceAll("-$", "") + "-" + unique;
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            int dot = name.indexOf('.');
            return dot > 0 && !Character.isDigit(name.charAt(0)) ? name.substring(0, dot) : name;
        } catch (UnknownHostException e) {
            // A machine without a name still has a loopback.
            return "localhost";
        }
    }
}
