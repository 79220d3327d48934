package io.tradingecosystem.audit.registry;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A small pool of connections to Redis that says nothing on its own: no PING, CLIENT SETINFO or
 * HELLO, each of which an access control list may forbid, and SELECT only for another database than
 * 0. Thread-safe.
 */
final class RedisConnections implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final RedisAddress address;
    private final RedisClient client;

    RedisConnections(RedisAddress address, Duration timeout) {
        this.address = address;
        this.client =
                RedisClient.builder()
                        .hostAndPort(address.host(), address.port())
                        .clientConfig(clientConfig(address, Math.toIntExact(timeout.toMillis())))
                        .poolConfig(poolConfig(timeout))
                        .build();
    }

    RedisAddress address() {
        return address;
    }

    /**
     * Runs an exchange that may be run twice: where Redis has closed a pooled connection since its
     * last use, all of them are thrown away and the exchange runs again on a new one.
     *
     * @throws redis.clients.jedis.exceptions.JedisException if Redis cannot be reached or refuses
     */
    <T> T call(Function<RedisClient, T> exchange) {
        try {
            return exchange.apply(client);
        } catch (JedisConnectionException e) {
            client.getPool().clear();
            if (!closedByRedis(e)) {
                throw e;
            }
            return exchange.apply(client);
        }
    }

    private static boolean closedByRedis(JedisConnectionException failure) {
        return Stream.iterate(
                        Optional.<Throwable>of(failure),
                        Optional::isPresent,
                        link -> link.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .noneMatch(
                        link ->
                                link instanceof ConnectException
                                        || link instanceof SocketTimeoutException);
    }

    @Override
    public void close() {
        client.close();
    }

    private static DefaultJedisClientConfig clientConfig(RedisAddress address, int millis) {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder()
                        .protocol(RedisProtocol.RESP2)
                        .autoNegotiateProtocol(false)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .connectionTimeoutMillis(millis)
                        .socketTimeoutMillis(millis)
                        .database(address.database());
        address.user().ifPresent(config::user);
        address.password().ifPresent(config::password);
        if (address.tls()) {
            // The certificate's chain and name are verified against the JVM's trust store.
            config.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        return config.build();
    }

    private static ConnectionPoolConfig poolConfig(Duration timeout) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(timeout);
        pool.setJmxEnabled(false);
        // Each of these would PING.
        pool.setTestOnBorrow(false);
        pool.setTestOnCreate(false);
        pool.setTestOnReturn(false);
        pool.setTestWhileIdle(false);
        pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        return pool;
    }
}
