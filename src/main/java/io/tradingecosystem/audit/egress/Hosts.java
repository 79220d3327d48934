package io.tradingecosystem.audit.egress;

import io.tradingecosystem.audit.common.AddressBlock;
import io.tradingecosystem.audit.egress.Refusal.Kind;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may stand for a host: a name of letters, digits, dashes and underscores, or an address as
 * everybody reads it. So nothing in it can lead elsewhere when it becomes a part of a URI, and no
 * resolver can take it for another address than we do.
 */
final class Hosts {
    private static final Pattern NAME =
            Pattern.compile("[a-zA-Z0-9_]([a-zA-Z0-9_-]*)(\\.[a-zA-Z0-9_]([a-zA-Z0-9_-]*))*\\.?");

    /** As the WHATWG's URL standard has it: whose last label is a number is an IPv4 address. */
    private static final Pattern NUMBER_LAST =
            Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

    private static final int MAX_LENGTH = 253;

    private Hosts() {}

    /** Why it is no host, if it is none. */
    static Optional<Refusal> refusal(String host) {
        if (AddressBlock.address(host).isPresent()) {
            return Optional.empty();
        }
        if (host.length() > MAX_LENGTH || !NAME.matcher(host).matches()) {
            return refused("neither a host name nor an address");
        }
        return NUMBER_LAST.matcher(host).matches()
                ? refused("not as IPv4 addresses are written")
                : Optional.empty();
    }

    private static Optional<Refusal> refused(String detail) {
        return Optional.of(new Refusal(Kind.NO_HOST, detail));
    }
}
