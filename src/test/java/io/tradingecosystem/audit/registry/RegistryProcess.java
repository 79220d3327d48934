package io.tradingecosystem.audit.registry;

import java.io.IOException;
import java.net.URI;

/** A service in a process of its own, registered until its input ends. */
final class RegistryProcess {
    private RegistryProcess() {}

    /**
     * @param arguments the address of Redis
     */
    public static void main(String[] arguments) throws IOException {
        try (ServiceRegistry registry = Registries.open(URI.create(arguments[0]))) {
            registry.register(Registries.instance("audit-correlator", "a-1", 8083));
            while (System.in.read() >= 0) {
                // Whatever comes is not for us; the end is.
            }
        }
    }
}
