package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.store.EventIndex;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** An index that lets those wait who look for events. */
final class HeldIndex {
    private static final Set<String> LOOKING = Set.of("find", "scan");

    private HeldIndex() {}

    /**
     * An index.
     *
     * @param held who looks takes one of these; empty while nobody has to wait
     */
    static EventIndex of(EventIndex index, Supplier<Optional<Semaphore>> held) {
        return (EventIndex)
                Proxy.newProxyInstance(
                        EventIndex.class.getClassLoader(),
                        new Class<?>[] {EventIndex.class},
                        (proxy, method, arguments) -> {
                            if (LOOKING.contains(method.getName())) {
                                held.get().ifPresent(Semaphore::acquireUninterruptibly);
                            }
                            try {
                                return method.invoke(index, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
