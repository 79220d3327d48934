package io.tradingecosystem.audit.registry;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What all layouts have in common: a name, a host, ports, a status, times, by many names. */
final class RecordReading {
    private static final String[] METADATA = {"metadata", "meta"};

    private RecordReading() {}

    /**
     * Reads a record.
     *
     * @param service the service's name where the record does not give it
     */
    static ServiceInstance read(Layout layout, RecordFields fields, Optional<String> service) {
        Map<String, String> metadata = new HashMap<>(fields.object(METADATA));
        fields.text("tags").ifPresent(tags -> metadata.putIfAbsent("tags", tags));
        String name =
                fields.text("name", "service_name", "service")
                        .or(() -> service)
                        .orElseThrow(() -> new UnreadableRecordException("it has no name"));
        String written =
                fields.text("host", "address", "addr", "hostname", "ip")
                        .map(Addresses::withoutPort)
                        .filter(host -> !host.isEmpty())
                        .orElseThrow(() -> new UnreadableRecordException("it has no host"));
        boolean substituted = Addresses.isWildcard(written);
        String host = substituted ? Addresses.substitute(metadata) : written;
        boolean plainPortIsGrpc = "grpc".equalsIgnoreCase(metadata.get("protocol"));
        OptionalInt grpc =
                plainPortIsGrpc ? fields.port("grpc_port", "port") : fields.port("grpc_port");
        OptionalInt http =
                plainPortIsGrpc ? fields.port("http_port") : fields.port("http_port", "port");
        String id =
                fields.text("instance_id", "service_id", "id", "instance")
                        .or(() -> Optional.ofNullable(metadata.get(OwnInstance.ID)))
                        .orElseGet(() -> InstanceIds.of(name, host, http.orElse(grpc.orElse(0))));
        Optional<Instant> lastSeen = fields.time("last_heartbeat", "last_seen", "updated_at");
        ServiceInstance.Builder instance =
                ServiceInstance.builder(name, id, host)
                        .version(fields.text("version", "service_version").orElse(""))
                        .httpPort(http)
                        .grpcPort(grpc)
                        .status(fields.text("status", "health").orElse("healthy"))
                        .environment(
                                fields.text("environment", "env")
                                        .or(() -> Optional.ofNullable(metadata.get("environment")))
                                        .orElse(""))
                        .metadata(metadata)
                        .registeredAt(fields.time("registered_at"))
                        .lastSeen(lastSeen)
                        .layout(layout);
        if (substituted) {
            instance.flag(ServiceInstance.Flag.ADDRESS_SUBSTITUTED);
        }
        return instance.build();
    }
}
