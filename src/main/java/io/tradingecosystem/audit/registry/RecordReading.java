package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.registry.RecordFields.Names;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What all layouts have in common: a name, a host, ports, a status, times, by many names. */
final class RecordReading {
    private static final Names NAME = Names.of("name", "service_name", "service");
    static final Names ID = Names.of("instance_id", "service_id", "id", "instance");
    static final Names LAST_HEARTBEAT = Names.of("last_heartbeat");
    private static final Names METADATA = Names.of("metadata", "meta");
    private static final Names TAGS = Names.of("tags");
    private static final Names HOST = Names.of("host", "address", "addr", "hostname", "ip");
    private static final Names HTTP = Names.of("http_port");
    private static final Names HTTP_OR_PLAIN = Names.of("http_port", "port");
    private static final Names GRPC = Names.of("grpc_port");
    private static final Names GRPC_OR_PLAIN = Names.of("grpc_port", "port");
    private static final Names VERSION = Names.of("version", "service_version");
    private static final Names STATUS = Names.of("status", "health");
    private static final Names ENVIRONMENT = Names.of("environment", "env");
    private static final Names REGISTERED = Names.of("registered_at");
    private static final Names SEEN = Names.of("last_heartbeat", "last_seen", "updated_at");

    private RecordReading() {}

    /**
     * Reads a record whose key ends with the instance's id, which counts where no field has one.
     */
    static ServiceInstance read(
            Layout layout,
            RecordFields fields,
            Optional<String> service,
            Names id,
            RegistryKey key) {
        ServiceInstance instance = read(layout, fields, service);
        return fields.has(id)
                ? instance
                : instance.toBuilder().id(key.part(key.size() - 1)).build();
    }

    /**
     * Reads a record.
     *
     * @param service the service's name where the record does not give it
     */
    static ServiceInstance read(Layout layout, RecordFields fields, Optional<String> service) {
        Map<String, String> metadata = new HashMap<>(fields.object(METADATA));
        fields.text(TAGS).ifPresent(tags -> metadata.putIfAbsent("tags", tags));
        String name =
                fields.text(NAME)
                        .or(() -> service)
                        .orElseThrow(() -> new UnreadableRecordException("it has no name"));
        String written =
                fields.text(HOST)
                        .map(Addresses::withoutPort)
                        .filter(host -> !host.isEmpty())
                        .orElseThrow(() -> new UnreadableRecordException("it has no host"));
        boolean substituted = Addresses.isWildcard(written);
        String host = substituted ? Addresses.substitute(metadata) : written;
        boolean plainPortIsGrpc = "grpc".equalsIgnoreCase(metadata.get("protocol"));
        OptionalInt grpc = plainPortIsGrpc ? fields.port(GRPC_OR_PLAIN) : fields.port(GRPC);
        OptionalInt http = plainPortIsGrpc ? fields.port(HTTP) : fields.port(HTTP_OR_PLAIN);
        String id =
                fields.text(ID)
                        .or(() -> Optional.ofNullable(metadata.get(OwnInstance.ID)))
                        .orElseGet(() -> InstanceIds.of(name, host, http.orElse(grpc.orElse(0))));
        Optional<Instant> lastSeen = fields.time(SEEN);
        ServiceInstance.Builder instance =
                ServiceInstance.builder(name, id, host)
                        .version(fields.text(VERSION).orElse(""))
                        .httpPort(http)
                        .grpcPort(grpc)
                        .status(fields.text(STATUS).orElse("healthy"))
                        .environment(
                                fields.text(ENVIRONMENT)
                                        .or(() -> Optional.ofNullable(metadata.get("environment")))
                                        .orElse(""))
                        .metadata(metadata)
                        .registeredAt(fields.time(REGISTERED))
                        .lastSeen(lastSeen)
                        .layout(layout);
        if (substituted) {
            instance.flag(ServiceInstance.Flag.ADDRESS_SUBSTITUTED);
        }
        return instance.build();
    }
}
