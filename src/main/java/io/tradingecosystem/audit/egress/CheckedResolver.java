package io.tradingecosystem.audit.egress;

import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.spi.DnsResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;

/**
 * Lets Helidon's HTTP client connect to what is called only: it connects to the address that this
 * gives it. Thread-safe.
 */
public final class CheckedResolver implements DnsResolver {
    private final EgressPolicy policy;

    private CheckedResolver(EgressPolicy policy) {
        this.policy = policy;
    }

    /** Resolves by a policy. */
    public static CheckedResolver of(EgressPolicy policy) {
        return new CheckedResolver(policy);
    }

    @Override
    public InetAddress resolveAddress(String host, DnsAddressLookup families) {
        try {
            return policy.resolve(host);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
