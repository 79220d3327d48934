package io.tradingecosystem.audit.topology;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A service, or one instance of it where these are told apart. Immutable.
 *
 * @param id the same as long as the service and the instance are called the same
 * @param name for people
 * @param type the service without the suffix of a language
 * @param instance empty where nobody tells instances apart
 * @param status how it is
 * @param reason why it is so, in words
 * @param labels what else is known, such as {@code version} and {@code environment}
 */
public record Node(
        String id,
        String name,
        String type,
        String instance,
        Status status,
        String reason,
        Map<String, String> labels) {
    public Node {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(instance, "instance is null");
        requireNonNull(status, "status is null");
        requireNonNull(reason, "reason is null");
        labels = Map.copyOf(labels);
    }

    /** How a node is. */
    public enum Status {
        /** Nothing was heard of it lately, and nobody says that it is gone. */
        UNKNOWN,
        /** It is registered and healthy, or events of it came lately. */
        LIVE,
        /** It is registered, and does not serve. */
        DEGRADED,
        /** It is gone from the registry, or expected and not there. */
        DEAD
    }
}
