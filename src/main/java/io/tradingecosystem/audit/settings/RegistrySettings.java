package io.tradingecosystem.audit.settings;

import io.tradingecosystem.audit.common.Durations;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where services find each other.
 *
 * @param backend Redis, or this process alone
 * @param redisUrl {@code redis://user:password@host:port/database}, or {@code rediss://} for TLS
 * @param redisPassword the password, if it is not in the address; what stands there is the user
 * @param tls whom we trust and who we are, for {@code rediss://}
 * @param timeout for connecting to Redis and for each of its answers
 * @param heartbeatInterval how often we announce ourselves
 * @param ttl how long an announcement is valid; three intervals where not set
 * @param refreshInterval how often the known instances are read
 * @param maxRecords at most so many records are read
 * @param maxRecordSize records with more bytes are skipped
 * @param writeLayouts the layouts we announce ourselves in: a, b, c
 * @param readLayouts the layouts we read: a to g
 * @param advertisedHost the address others call us at; detected where absent
 * @param advertisedHttpPort the HTTP port others call; the listener's own where 0
 * @param advertisedGrpcPort the gRPC port others call; the listener's own where 0
 */
public record RegistrySettings(
        Backend backend,
        URI redisUrl,
        Optional<Secret> redisPassword,
        TlsSettings tls,
        Duration timeout,
        Duration heartbeatInterval,
        Duration ttl,
        Duration refreshInterval,
        int maxRecords,
        int maxRecordSize,
        Set<String> writeLayouts,
        Set<String> readLayouts,
        Optional<String> advertisedHost,
        int advertisedHttpPort,
        int advertisedGrpcPort) {
    private static final Pattern DATABASE = Pattern.compile("/?|/\\d{1,4}");
    private static final List<String> WRITABLE = List.of("a", "b", "c");
    private static final List<String> READABLE = List.of("a", "b", "c", "d", "e", "f", "g");
    private static final Set<String> NO_ADDRESS =
            Set.of("0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0");

    public RegistrySettings {
        writeLayouts = Set.copyOf(writeLayouts);
        readLayouts = Set.copyOf(readLayouts);
    }

    static RegistrySettings from(Section section) {
        Duration interval =
                section.duration(
                        "heartbeat-interval",
                        Duration.ofSeconds(30),
                        Duration.ofMillis(100),
                        Duration.ofHours(1));
        Duration ttl =
                section.duration(
                        "ttl",
                        interval.multipliedBy(3),
                        Duration.ofSeconds(1),
                        Duration.ofHours(24));
        if (ttl.compareTo(interval.multipliedBy(2)) < 0) {
            section.problem(
                    "ttl",
                    Durations.format(ttl),
                    "at least twice the heartbeat-interval, or one lost beat is the end of us");
        }
        URI url = redisUrl(section);
        return new RegistrySettings(
                section.choice("backend", Backend.REDIS),
                url,
                password(section, url),
                tls(section, url),
                section.duration(
                        "timeout",
                        Duration.ofSeconds(2),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(30)),
                interval,
                ttl,
                section.duration(
                        "refresh-interval",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(10)),
                section.integer("max-records", 100_000, 1, 1_000_000),
                Math.toIntExact(section.bytes("max-record-size", 64 << 10, 1L << 10, 1L << 20)),
                layouts(section, "write-layouts", WRITABLE),
                layouts(section, "read-layouts", READABLE),
                advertisedHost(section),
                section.integer("advertised-http-port", 0, 0, 65_535),
                section.integer("advertised-grpc-port", 0, 0, 65_535));
    }

    private static URI redisUrl(Section section) {
        // A Sentinel (redis-sentinel://) or a cluster has another scheme: it is refused here.
        URI url = section.uri("redis-url", URI.create("redis://localhost:6379"), "redis", "rediss");
        if (url.getPath() != null && !DATABASE.matcher(url.getPath()).matches()) {
            section.problem("redis-url", url.toString(), "a path that is a database's number: /0");
        }
        return url;
    }

    private static Optional<Secret> password(Section section, URI url) {
        Optional<Secret> password = section.secret("redis-password");
        if (password.isPresent() && String.valueOf(url.getUserInfo()).contains(":")) {
            section.problem("redis-password", "", "one password: redis-url has one already");
        }
        return password;
    }

    private static TlsSettings tls(Section section, URI url) {
        TlsSettings tls = TlsSettings.ofClient(section.section("tls"));
        if (!tls.equals(TlsSettings.off()) && !url.getScheme().equals("rediss")) {
            section.problem("redis-url", url.toString(), "rediss://, since registry.tls is set");
        }
        return tls;
    }

    /** Without the address, in which a password may be. */
    @Override
    public String toString() {
        return "RegistrySettings[" + backend + " at " + redisUrl.getHost() + "]";
    }

    private static Set<String> layouts(Section section, String name, List<String> all) {
        Set<String> chosen = new TreeSet<>();
        for (String layout : section.texts(name, all)) {
            String letter = layout.toLowerCase(Locale.ROOT);
            if (all.contains(letter)) {
                chosen.add(letter);
            } else {
                section.problem(name, layout, "some of " + String.join(", ", all));
            }
        }
        return chosen;
    }

    private static Optional<String> advertisedHost(Section section) {
        String host = section.text("advertised-host", "");
        if (NO_ADDRESS.contains(host)) {
            section.problem("advertised-host", host, "an address that others can call, or nothing");
        }
        return Optional.of(host).filter(text -> !text.isBlank());
    }

    /** Where records are kept. */
    public enum Backend {
        /** In Redis; while there is none, this process knows itself only. */
        REDIS,
        /** In this process; nobody else sees them. */
        IN_PROCESS
    }
}
