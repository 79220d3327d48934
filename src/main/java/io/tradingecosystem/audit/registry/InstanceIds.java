package io.tradingecosystem.audit.registry;

import java.util.Locale;
import java.util.zip.CRC32;

/** Names for instances that have none: DNS labels, the same for the same copy every time. */
final class InstanceIds {
    private static final int MAX_LENGTH = 63;

    private InstanceIds() {}

    /** A DNS label made from service, host and port, such as {@code risk-monitor-10-0-0-5-8084}. */
    static String of(String service, String host, int port) {
        String whole = service + "-" + host + "-" + port;
        String label =
                whole.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+|-+$", "");
        if (label.length() <= MAX_LENGTH) {
            return label;
        }
        // Different long names stay different.
        CRC32 checksum = new CRC32();
        checksum.update(whole.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String suffix = "-" + Long.toHexString(checksum.getValue());
        return label.substring(0, MAX_LENGTH - suffix.length()).replaceAll("-+$", "") + suffix;
    }
}
