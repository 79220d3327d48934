package io.tradingecosystem.audit.testing;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** As much of JSON Schema as our OpenAPI document uses, and strict about undescribed members. */
public final class JsonSchema {
    private final JsonNode document;
    private final List<String> problems = new ArrayList<>();

    private JsonSchema(JsonNode document) {
        this.document = document;
    }

    /** What of a value a schema of a document does not allow. */
    public static List<String> problems(JsonNode document, JsonNode schema, JsonNode value) {
        JsonSchema check = new JsonSchema(document);
        check.check("$", schema, value, true);
        return check.problems;
    }

    private void check(String path, JsonNode schema, JsonNode value, boolean closed) {
        if (schema.has("$ref")) {
            JsonNode referred = document.at(schema.get("$ref").asText().substring(1));
            if (referred.isMissingNode()) {
                problems.add(path + " is described by " + schema + ", which is not there");
            }
            check(path, referred, value, closed);
            return;
        }
        schema.path("allOf").forEach(part -> check(path, part, value, false));
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            problems.add(path + " is " + value + ", not one of " + schema.get("enum"));
        }
        String type = schema.path("type").asText("");
        if (!type.isEmpty() && !fits(type, value)) {
            problems.add(path + " is " + value.getNodeType() + ", not " + type);
            return;
        }
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                problems.add(path + "." + name.asText() + " is missing");
            }
        }
        value.properties()
                .forEach(
                        member -> {
                            String below = path + "." + member.getKey();
                            JsonNode described = schema.path("properties").path(member.getKey());
                            if (!described.isMissingNode()) {
                                check(below, described, member.getValue(), true);
                            } else if (closed && schema.has("properties")) {
                                problems.add(below + " is not described");
                            }
                        });
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", schema.get("items"), value.get(i), true);
            }
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode each : values) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalArgumentException("unknown type " + type);
        };
    }
}
