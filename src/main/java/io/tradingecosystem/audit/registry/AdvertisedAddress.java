package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The address at which others call this service.
 *
 * @param host an address, never a wildcard
 * @param loopback true if only this machine can call it
 */
record AdvertisedAddress(String host, boolean loopback) {
    private static final EventLogger LOG = EventLogger.of(AdvertisedAddress.class);
    private static final int LOOPBACK_RANK = 4;

    /** The best address of the interfaces that are up. */
    static AdvertisedAddress detect() {
        return best(localAddresses());
    }

    /** A site-local IPv4, then a global IPv4, then an IPv6, then loopback. */
    static AdvertisedAddress best(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> !address.isAnyLocalAddress() && !address.isMulticastAddress())
                .filter(address -> rank(address) < LOOPBACK_RANK)
                .min(Comparator.comparingInt(AdvertisedAddress::rank))
                .map(address -> new AdvertisedAddress(text(address), false))
                .orElse(new AdvertisedAddress(Addresses.LOOPBACK, true));
    }

    private static int rank(InetAddress address) {
        // A link-local address needs a zone that means nothing on another machine.
        if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
            return LOOPBACK_RANK;
        }
        if (address instanceof Inet4Address) {
            return address.isSiteLocalAddress() ? 0 : 1;
        }
        return 2;
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static List<InetAddress> localAddresses() {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            return interfaces
                    .filter(AdvertisedAddress::usable)
                    // Physical interfaces have low numbers, bridges and tunnels come later.
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            LOG.warn("registry.interfaces_unknown", "error", Reasons.of(e));
            return List.of();
        }
    }

    private static boolean usable(NetworkInterface candidate) {
        try {
            return candidate.isUp() && !candidate.isPointToPoint();
        } catch (SocketException e) {
            LOG.debug("registry.interface_unknown", "interface", candidate.getName());
            return false;
        }
    }
}
