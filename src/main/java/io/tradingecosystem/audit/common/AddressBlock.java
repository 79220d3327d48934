package io.tradingecosystem.audit.common;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, written {@code 10.0.0.0/8} or {@code fd00::/8} (RFC
 * 4632, RFC 4291); a single address is a block of its own. Immutable.
 */
public final class AddressBlock {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final int MAX_LENGTH = 100;
    private static final Pattern IPV6 =
            Pattern.compile("[0-9a-fA-F.:]*:[0-9a-fA-F.:]*(%[0-9a-zA-Z._-]+)?");

    private final byte[] first;
    private final int bits;

    private AddressBlock(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /** A block or an address; empty if the text is neither. */
    public static Optional<AddressBlock> parse(String text) {
        String[] parts = text.split("/", 2);
        return address(parts[0])
                .flatMap(
                        address -> {
                            byte[] bytes = address.getAddress();
                            int all = bytes.length * Byte.SIZE;
                            return parts.length == 1
                                    ? Optional.of(new AddressBlock(bytes, all))
                                    : length(parts[1], all).map(n -> new AddressBlock(bytes, n));
                        });
    }

    /**
     * The address that a text is, without asking anybody. Of the forms that some resolvers take for
     * IPv4 (octal, hexadecimal, fewer numbers than four) it is none.
     */
    public static Optional<InetAddress> address(String text) {
        boolean written =
                text.length() <= MAX_LENGTH
                        && (IPV4.matcher(text).matches() || IPV6.matcher(text).matches());
        if (!written) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether an address is one of these. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int difference = bytes[bit / Byte.SIZE] ^ first[bit / Byte.SIZE];
            if ((difference & (0x80 >> (bit % Byte.SIZE))) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Integer> length(String text, int max) {
        return Optional.of(text)
                .filter(each -> each.matches("\\d{1,3}"))
                .map(Integer::parseInt)
                .filter(each -> each <= max);
    }
}
