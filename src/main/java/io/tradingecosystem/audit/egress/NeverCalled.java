package io.tradingecosystem.audit.egress;

import io.tradingecosystem.audit.common.AddressBlock;
import io.tradingecosystem.audit.egress.Refusal.Kind;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses at which no service of the ecosystem can be, and at which a call may do harm. An
 * IPv4 address within one of IPv6 (mapped, compatible, 6to4, NAT64) counts as what it is.
 */
final class NeverCalled {
    private static final int IPV4_SIZE = 4;

    /** Where clouds serve credentials, beside the link-local addresses. */
    private static final List<AddressBlock> METADATA =
            blocks(
                    "fd00:ec2::254",
                    "fd20:ce::254",
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192");

    /** IPv4 of other forms, and where in the 16 bytes it stands: RFC 4291, 3056, 6052. */
    private static final List<Embedding> EMBEDDINGS =
            List.of(
                    new Embedding(block("::/96"), 12),
                    new Embedding(block("2002::/16"), 2),
                    new Embedding(block("64:ff9b::/96"), 12));

    private NeverCalled() {}

    private record Embedding(AddressBlock block, int offset) {}

    /** Why an address is not called, if it is never. */
    static Optional<Refusal> refusal(InetAddress address) {
        Optional<Refusal> itself = plain(address);
        return itself.isPresent() ? itself : embedded(address).flatMap(NeverCalled::plain);
    }

    private static Optional<Refusal> plain(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return refusal(Kind.UNSPECIFIED, "nobody has the address ", address);
        }
        if (METADATA.stream().anyMatch(block -> block.contains(address))) {
            return refusal(Kind.METADATA, "a cloud serves credentials at ", address);
        }
        if (address.isLinkLocalAddress()) {
            return refusal(Kind.LINK_LOCAL, "a link-local address, ", address);
        }
        if (address.isMulticastAddress()) {
            return refusal(Kind.MULTICAST, "an address of many, ", address);
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refusal(Kind kind, String words, InetAddress address) {
        return Optional.of(new Refusal(kind, words + address.getHostAddress()));
    }

    private static Optional<InetAddress> embedded(InetAddress address) {
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) {
            return Optional.empty();
        }
        return EMBEDDINGS.stream()
                .filter(each -> each.block().contains(address))
                .map(each -> ipv4(address.getAddress(), each.offset()))
                .findFirst();
    }

    private static InetAddress ipv4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + IPV4_SIZE));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Arrays.stream(texts).map(NeverCalled::block).toList();
    }

    private static AddressBlock block(String text) {
        return AddressBlock.parse(text).orElseThrow();
    }
}
