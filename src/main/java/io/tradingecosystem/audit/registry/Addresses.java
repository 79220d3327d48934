package io.tradingecosystem.audit.registry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hosts as records give them. */
final class Addresses {
    static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0", "*");
    private static final String[] IN_METADATA = {
        "address", "advertised_address", "advertised_host", "host", "ip"
    };

    private Addresses() {}

    /** True for an address to listen on, which nobody can call. */
    static boolean isWildcard(String host) {
        return WILDCARDS.contains(bare(host));
    }

    /** What stands in for a wildcard: the address in the metadata, else loopback. */
    static String substitute(Map<String, String> metadata) {
        for (String key : IN_METADATA) {
            Optional<String> host =
                    Optional.ofNullable(metadata.get(key))
                            .map(String::strip)
                            .map(Addresses::withoutPort)
                            .filter(text -> !text.isEmpty() && !isWildcard(text));
            if (host.isPresent()) {
                return host.get();
            }
        }
        return LOOPBACK;
    }

    /** Without the brackets that some writers put around IPv6. */
    static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /** {@code host} of {@code host:port}; an IPv6 address stays whole. */
    static String withoutPort(String address) {
        int end = address.lastIndexOf(':');
        boolean port = end > 0 && (address.indexOf(':') == end || address.charAt(end - 1) == ']');
        return bare(port ? address.substring(0, end) : address);
    }

    /** Equal for two hosts that are certainly one. */
    static String canonical(String host) {
        return host.equalsIgnoreCase("localhost") ? LOOPBACK : host;
    }
}
