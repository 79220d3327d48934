package io.tradingecosystem.audit.peer;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where this process itself listens, so that a registry that lies does not make it call itself.
 * Thread-safe.
 */
final class OwnAddresses {
    private final Set<InetSocketAddress> listening = ConcurrentHashMap.newKeySet();

    /**
     * This process listens there; an address such as {@code 0.0.0.0} means all of the machine, and
     * one that cannot be resolved is nobody's.
     */
    void add(InetSocketAddress address) {
        if (!address.isUnresolved()) {
            listening.add(address);
        }
    }

    /**
     * Holds a connection to others.
     *
     * @throws ConnectException if it would end at this service
     */
    void refuse(InetAddress address, int port) throws ConnectException {
        if (include(address, port)) {
            throw new ConnectException(address.getHostAddress() + ":" + port + " is this process");
        }
    }

    private boolean include(InetAddress address, int port) {
        for (InetSocketAddress own : listening) {
            if (own.getPort() == port
                    && (own.getAddress().equals(address)
                            || (own.getAddress().isAnyLocalAddress()
                                    && isOfThisMachine(address)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            // Without interfaces there is no address of this machine but loopback.
            return false;
        }
    }
}
