package io.tradingecosystem.audit.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A client of the older service, as those in Go and Python are: it decodes into typed fields, takes
 * no number for a text and no object for one, and ignores what it does not know.
 */
final class OlderClient {
    private static final ObjectMapper STRICT = strict();

    private OlderClient() {}

    static <T> T decode(Class<T> shape, String body) {
        try {
            return STRICT.readValue(body, shape);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    private static ObjectMapper strict() {
        JsonMapper mapper =
                JsonMapper.builder()
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build();
        for (CoercionInputShape shape :
                List.of(
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    record Event(
            String id,
            String traceId,
            String spanId,
            String serviceName,
            String eventType,
            String timestamp,
            long duration,
            String status,
            Map<String, Object> metadata,
            List<String> tags,
            List<String> correlatedTo,
            String createdAt,
            String updatedAt) {}

    record Trace(String status, String traceId, List<Event> events, int count) {}

    record OfService(
            String status,
            String serviceName,
            String eventType,
            String timeWindow,
            List<Event> events,
            int count) {}

    record Correlations(String status, List<String> correlations, int count, String timeWindow) {}

    record AuditService(String dataAdapter, String auditService, String lastCheck) {}

    record AuditStatus(String status, AuditService auditService) {}

    record Created(String status) {}

    record Failed(String error) {}
}
