package io.tradingecosystem.audit.registry;

import java.util.Set;

/** What may be announced: an instance that others could call. */
final class Announcements {
    private static final Set<String> NO_ADDRESS =
            Set.of("", "0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0");

    private Announcements() {}

    /** The instance as one of ours; refused if its host is nobody's address. */
    static ServiceInstance ours(ServiceInstance instance) {
        if (NO_ADDRESS.contains(instance.host().strip())) {
            throw new RegistryException(
                    "instance "
                            + instance.id()
                            + " of "
                            + instance.service()
                            + " cannot be registered: its host is \""
                            + instance.host()
                            + "\", which nobody can call; set registry.advertised-host");
        }
        return instance.toBuilder().flag(ServiceInstance.Flag.OURS).build();
    }
}
