package io.tradingecosystem.audit.registry;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.PooledConnectionProvider;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A small pool of connections to Redis that says nothing on its own: no PING, CLIENT SETINFO or
 * HELLO, each of which an access control list may forbid, and SELECT only for another database than
 * 0. Thread-safe.
 */
final class RedisConnections implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final RedisAddress address;
    private final RedisClient client;
    private volatile Optional<JedisDataException> cluster = Optional.empty();

    /**
     * @param tls absent for plain text
     */
    RedisConnections(
            RedisAddress address,
            Optional<RedisTls> tls,
            Duration timeout,
            BoundedReplies.Bounds bounds) {
        this.address = address;
        HostAndPort place = new HostAndPort(address.host(), address.port());
        JedisClientConfig config = clientConfig(address, timeout).build();
        JedisSocketFactory sockets = () -> socket(place, clientConfig(address, timeout), tls);
        this.client =
                RedisClient.builder()
                        .hostAndPort(place)
                        .connectionProvider(
                                new PooledConnectionProvider(
                                        new ConnectionFactory(
                                                () -> bounded(sockets, bounds), config),
                                        poolConfig(timeout)))
                        .build();
    }

    RedisAddress address() {
        return address;
    }

    /**
     * Runs an exchange that may be run twice: where Redis has closed a pooled connection since its
     * last use, or says that it is the wrong server, all of them are thrown away and the exchange
     * runs again on a new one.
     *
     * @throws redis.clients.jedis.exceptions.JedisException if Redis cannot be reached, refuses, or
     *     answers what makes no sense
     */
    <T> T call(Function<RedisClient, T> exchange) {
        try {
            return attempt(exchange);
        } catch (JedisConnectionException e) {
            if (!closedByRedis(e)) {
                throw e;
            }
        } catch (JedisDataException e) {
            if (!WrongServer.says(e)) {
                throw WrongServer.explained(e);
            }
        }
        try {
            return attempt(exchange);
        } catch (JedisDataException e) {
            throw WrongServer.explained(e);
        }
    }

    /** Why this cannot be the Redis, if it said that it is a part of a cluster. */
    Optional<String> cluster() {
        return cluster.map(Throwable::getMessage);
    }

    /** Own records were written, which a part of a cluster would not have allowed. */
    void noCluster() {
        cluster = Optional.empty();
    }

    private <T> T attempt(Function<RedisClient, T> exchange) {
        try {
            return exchange.apply(client);
        } catch (JedisConnectionException e) {
            client.getPool().clear();
            throw e;
        } catch (JedisDataException e) {
            if (WrongServer.says(e)) {
                client.getPool().clear();
                cluster = Optional.of(e).filter(WrongServer::cluster).map(WrongServer::explained);
            }
            throw e;
        } catch (ClassCastException | NumberFormatException | IndexOutOfBoundsException e) {
            // Of Jedis (8.0.2), which trusts a reply to be of the kind that belongs to its command.
            client.getPool().clear();
            throw new JedisException("Redis gave an answer that makes no sense", e);
        }
    }

    /** The files of TLS may be others than before. */
    private static Socket socket(
            HostAndPort place, DefaultJedisClientConfig.Builder config, Optional<RedisTls> tls) {
        tls.ifPresent(each -> each.apply(config));
        return new DefaultJedisSocketFactory(place, config.build()).createSocket();
    }

    private static Socket bounded(JedisSocketFactory sockets, BoundedReplies.Bounds bounds) {
        Socket socket = sockets.createSocket();
        try {
            return new BoundedSocket(socket, bounds);
        } catch (IOException e) {
            throw new JedisConnectionException(e);
        }
    }

    private static boolean closedByRedis(JedisConnectionException failure) {
        return Reasons.causes(failure).stream()
                .noneMatch(
                        cause ->
                                cause instanceof ConnectException
                                        || cause instanceof SocketTimeoutException
                                        || cause instanceof OversizedReplyException);
    }

    @Override
    public void close() {
        client.close();
    }

    private static DefaultJedisClientConfig.Builder clientConfig(
            RedisAddress address, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder()
                        // Without a protocol: with one, even RESP2, it says HELLO.
                        .autoNegotiateProtocol(false)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .connectionTimeoutMillis(millis)
                        .socketTimeoutMillis(millis)
                        .database(address.database());
        address.user().ifPresent(config::user);
        address.password().ifPresent(config::password);
        return config;
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
