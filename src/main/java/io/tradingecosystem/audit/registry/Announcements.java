package io.tradingecosystem.audit.registry;

/** What may be announced: an instance that others could call. */
final class Announcements {
    private Announcements() {}

    /** The instance as an own one; refused if its host is nobody's address. */
    static ServiceInstance own(ServiceInstance instance) {
        String host = instance.host().strip();
        if (host.isEmpty() || Addresses.isWildcard(host)) {
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
