package io.tradingecosystem.audit.registry;

import redis.clients.jedis.exceptions.JedisDataException;

import java.util.Map;
import java.util.Optional;

/**
 * Answers by which a server says that another one is to be asked, or another connection: after a
 * failover, the name of a Redis stands for another server while open connections stay at the old
 * one.
 */
final class WrongServer {
    private static final String CLUSTER =
            "it is a node of a cluster, which is not supported; registry.redis-url is to name a"
                    + " Redis that is not in cluster mode";
    private static final Map<String, String> MEANINGS =
            Map.of(
                    "READONLY",
                    "it is a replica; registry.redis-url is to name the master, or a name that"
                            + " follows it",
                    "MASTERDOWN",
                    "it is a replica that has lost its master",
                    "NOREPLICAS",
                    "it is a master that has lost its replicas",
                    "LOADING",
                    "it is starting",
                    "NOAUTH",
                    "it wants a password; registry.redis-url or registry.redis-password is to have"
                            + " it",
                    "MOVED",
                    CLUSTER,
                    "ASK",
                    CLUSTER,
                    "CROSSSLOT",
                    CLUSTER,
                    "CLUSTERDOWN",
                    CLUSTER,
                    "TRYAGAIN",
                    CLUSTER);
    private static final String SENTINEL =
            "it is a Sentinel, or keeps that command from us; registry.redis-url is to name the"
                    + " Redis itself";
    private static final String UNKNOWN_COMMAND = "ERR unknown command";

    private WrongServer() {}

    /** What it means, if a server says with these words that it is the wrong one. */
    static Optional<String> meaning(String answer) {
        return Optional.ofNullable(MEANINGS.get(answer.split(" ", 2)[0]));
    }

    /** True if the server says that it is a node of a cluster. */
    static boolean cluster(JedisDataException answer) {
        return meaning(String.valueOf(answer.getMessage())).filter(CLUSTER::equals).isPresent();
    }

    /** True if a server says that it is the wrong one. */
    static boolean says(JedisDataException answer) {
        return meaning(String.valueOf(answer.getMessage())).isPresent();
    }

    /** A server's own words, and what they mean. */
    static JedisDataException explained(JedisDataException answer) {
        String words = String.valueOf(answer.getMessage());
        String meaning = meaning(words).orElse(words.startsWith(UNKNOWN_COMMAND) ? SENTINEL : "");
        return meaning.isEmpty() || words.contains(meaning)
                ? answer
                : new JedisDataException(words + " (" + meaning + ")", answer);
    }
}
