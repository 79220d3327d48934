package io.tradingecosystem.audit.egress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tradingecosystem.audit.common.AddressBlock;
import io.tradingecosystem.audit.egress.Refusal.Kind;
import io.tradingecosystem.audit.logging.EventLogger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which addresses are called, of those that others tell us. Link-local and unspecified addresses,
 * those of many, and those at which clouds serve credentials never are. All others are, unless the
 * settings name which. What counts is the address to which the connection is made: a name is
 * resolved once, and that address is called. Thread-safe.
 */
public final class EgressPolicy {
    private static final EventLogger LOG = EventLogger.of(EgressPolicy.class);

    /** How many names are remembered by which a refused address was found. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Set<String> names = new HashSet<>();
    private final List<AddressBlock> blocks;
    private final Lookup lookup;
    private final Consumer<Refusal.Kind> observer;
    private final Cache<String, Refusal> refused =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).executor(Runnable::run).build();

    private EgressPolicy(List<String> only, Lookup lookup, Consumer<Refusal.Kind> observer) {
        only.stream()
                .filter(each -> AddressBlock.parse(each).isEmpty())
                .forEach(name -> names.add(canonical(name)));
        this.blocks = only.stream().flatMap(each -> AddressBlock.parse(each).stream()).toList();
        this.lookup = lookup;
        this.observer = observer;
    }

    /** Finds the addresses of a name. */
    @FunctionalInterface
    public interface Lookup {
        /** All of them, one at least. */
        InetAddress[] all(String name) throws UnknownHostException;
    }

    /**
     * The policy of the settings.
     *
     * @param only names, addresses and blocks of addresses that are called; empty means all
     * @param observer hears of every refusal; must not block
     */
    public static EgressPolicy create(List<String> only, Consumer<Refusal.Kind> observer) {
        return create(only, InetAddress::getAllByName, observer);
    }

    /** The same with another way to find addresses. */
    public static EgressPolicy create(
            List<String> only, Lookup lookup, Consumer<Refusal.Kind> observer) {
        return new EgressPolicy(only, lookup, observer);
    }

    /**
     * The address of a host, to connect to; of several the first that is called.
     *
     * @throws RefusedAddressException if it has none that is called
     * @throws UnknownHostException if it has none
     */
    public InetAddress resolve(String host) throws UnknownHostException, RefusedAddressException {
        Optional<Refusal> wrong = Hosts.refusal(host);
        if (wrong.isPresent()) {
            throw refuse(host, wrong.get());
        }
        InetAddress[] found = lookup.all(host);
        for (InetAddress address : found) {
            if (refusal(host, address).isEmpty()) {
                refused.invalidate(host);
                return address;
            }
        }
        throw refuse(host, refusal(host, found[0]).orElseThrow());
    }

    /**
     * Holds a connection to what is called.
     *
     * @param host by which the address was found
     * @throws RefusedAddressException if it is not called
     */
    public void require(String host, InetAddress address) throws RefusedAddressException {
        Optional<Refusal> refusal = refusal(host, address);
        if (refusal.isPresent()) {
            throw refuse(host, refusal.get());
        }
    }

    /** Why a host is never called, as far as is seen from what is written; counted. */
    public Optional<Refusal> judge(String host) {
        Optional<Refusal> refusal = written(host);
        refusal.ifPresent(why -> note(host, why));
        return refusal;
    }

    /** Why a host is not called, as far as it is known; nobody is asked. */
    public Optional<Refusal> refusal(String host) {
        return written(host).or(() -> Optional.ofNullable(refused.getIfPresent(host)));
    }

    private Optional<Refusal> written(String host) {
        return Hosts.refusal(host)
                .or(() -> AddressBlock.address(host).flatMap(address -> refusal(host, address)));
    }

    private Optional<Refusal> refusal(String host, InetAddress address) {
        return NeverCalled.refusal(address)
                .or(
                        () ->
                                listed(host, address)
                                        ? Optional.empty()
                                        : Optional.of(unlisted(address)));
    }

    private boolean listed(String host, InetAddress address) {
        return (names.isEmpty() && blocks.isEmpty())
                || names.contains(canonical(host))
                || blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static Refusal unlisted(InetAddress address) {
        return new Refusal(
                Kind.NOT_LISTED, address.getHostAddress() + " is not in access.peer-addresses");
    }

    private RefusedAddressException refuse(String host, Refusal refusal) {
        note(host, refusal);
        return new RefusedAddressException(host, refusal);
    }

    private void note(String host, Refusal refusal) {
        observer.accept(refusal.kind());
        if (!refusal.equals(refused.getIfPresent(host))) {
            refused.put(host, refusal);
            LOG.warn("egress.refused", "host", host, "reason", refusal);
        }
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
