package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.settings.ServiceSettings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** This process, as it announces itself. */
public final class OwnInstance {
    static final String ID = "instance_id";
    private static final EventLogger LOG = EventLogger.of(OwnInstance.class);

    private OwnInstance() {}

    /**
     * Who we are: the configured address or a detected one; the configured ports or those that are
     * listened on.
     *
     * @param id what we call ourselves elsewhere, in logs and in the status
     * @param httpPort the port of the HTTP listener
     * @param grpcPort the port of the gRPC listener
     */
    public static ServiceInstance of(
            String id,
            ServiceSettings service,
            RegistrySettings registry,
            int httpPort,
            int grpcPort) {
        String host = registry.advertisedHost().orElseGet(OwnInstance::detectedHost);
        int http = registry.advertisedHttpPort() == 0 ? httpPort : registry.advertisedHttpPort();
        int grpc = registry.advertisedGrpcPort() == 0 ? grpcPort : registry.advertisedGrpcPort();
        return ServiceInstance.builder(service.name(), id, host)
                .version(service.version())
                .environment(service.environment())
                .httpPort(http == 0 ? OptionalInt.empty() : OptionalInt.of(http))
                .grpcPort(grpc == 0 ? OptionalInt.empty() : OptionalInt.of(grpc))
                .build();
    }

    /** What layouts without a field for it say of us in the metadata: id and environment. */
    static Map<String, String> metadata(ServiceInstance instance) {
        Map<String, String> metadata = new TreeMap<>(instance.metadata());
        metadata.put(ID, instance.id());
        if (!instance.environment().isEmpty()) {
            metadata.put("environment", instance.environment());
        }
        return metadata;
    }

    /** What all layouts that are hashes say of us, in the same words. */
    static Map<String, String> hashFields(ServiceInstance instance) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", instance.service());
        fields.put("version", instance.version());
        fields.put("host", instance.host());
        fields.put("http_port", Integer.toString(instance.httpPort().orElse(0)));
        fields.put("grpc_port", Integer.toString(instance.grpcPort().orElse(0)));
        fields.put("status", instance.status());
        fields.put("metadata", Json.text(metadata(instance)));
        return fields;
    }

    private static String detectedHost() {
        AdvertisedAddress address = AdvertisedAddress.detect();
        if (address.loopback()) {
            LOG.warn(
                    "registry.only_loopback",
                    "host",
                    address.host(),
                    "meaning",
                    "services on other machines cannot call us; set registry.advertised-host");
        }
        return address.host();
    }
}
