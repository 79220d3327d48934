package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.settings.Secret;

import java.net.URI;
import java.util.Optional;

/**
 * Where a Redis is and who we are to it, from {@code
 * redis[s]://[user[:password]@]host[:port][/db]}. A user without a password is taken for a
 * password, as {@code redis-cli} does.
 *
 * @param user the user of the access control list; absent for the default user
 */
record RedisAddress(
        String host,
        int port,
        int database,
        boolean tls,
        Optional<String> user,
        Optional<String> password) {
    private static final int DEFAULT_PORT = 6379;

    /** That of the settings. */
    static RedisAddress of(RegistrySettings settings) {
        RedisAddress written = of(settings.redisUrl());
        return settings.redisPassword().map(written::with).orElse(written);
    }

    /** What stands before the host is the user then. */
    private RedisAddress with(Secret secret) {
        Optional<String> name = user.or(() -> password);
        return new RedisAddress(host, port, database, tls, name, Optional.of(secret.value()));
    }

    static RedisAddress of(URI uri) {
        String[] credentials =
                uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        Optional<String> user =
                credentials.length == 2 && !credentials[0].isEmpty()
                        ? Optional.of(credentials[0])
                        : Optional.empty();
        Optional<String> password =
                credentials.length == 0
                        ? Optional.empty()
                        : Optional.of(credentials[credentials.length - 1]);
        String path = uri.getPath() == null ? "" : uri.getPath().replace("/", "");
        return new RedisAddress(
                Addresses.bare(uri.getHost()),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                path.isEmpty() ? 0 : Integer.parseInt(path),
                uri.getScheme().equals("rediss"),
                user,
                password);
    }

    /** For people: everything but user and password. */
    @Override
    public String toString() {
        String shownHost = host.contains(":") ? "[" + host + "]" : host;
        return (tls ? "rediss://" : "redis://")
                + shownHost
                + ":"
                + port
                + (database == 0 ? "" : "/" + database);
    }
}
