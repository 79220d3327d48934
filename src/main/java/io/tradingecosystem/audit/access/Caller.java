package io.tradingecosystem.audit.access;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Who asks. The doors set it for the thread of each request, as they do with the trace; work that
 * is handed to another thread takes it along. Immutable.
 *
 * @param name who it is; empty for one without credentials
 * @param kind how that is known
 * @param roles what it may do
 * @param services for which services it may speak; {@value #ALL} for all
 * @param allowance how much it may send
 * @param scenarioId the run that its request belongs to, or empty
 */
public record Caller(
        String name,
        Kind kind,
        Set<Role> roles,
        Set<String> services,
        Allowance allowance,
        String scenarioId) {
    /** Stands for all services. */
    public static final String ALL = "*";

    /** One without credentials, who may do what is open, for any service. */
    public static final Caller NONE = new Caller("", Kind.NONE, Set.of(), Set.of(ALL));

    private static final ThreadLocal<Optional<Caller>> CURRENT =
            ThreadLocal.withInitial(Optional::empty);

    /** Copies the sets. */
    public Caller {
        roles = Set.copyOf(roles);
        services = Set.copyOf(services);
    }

    /** One that may send as much as it wants. */
    public Caller(String name, Kind kind, Set<Role> roles, Set<String> services) {
        this(name, kind, roles, services, Allowance.UNLIMITED, "");
    }

    /** How it is known who a caller is. */
    public enum Kind {
        CERTIFICATE,
        TOKEN,
        JWT,
        /** Somebody at the page, who has shown a token before. */
        SESSION,
        NONE
    }

    /** The same, known in another way. */
    Caller as(Kind other) {
        return new Caller(name, other, roles, services);
    }

    /** Whether it has a role, or all of them. */
    public boolean may(Role role) {
        return roles.contains(role) || roles.contains(Role.ADMIN);
    }

    /** Whether it may send events in the name of a service. */
    public boolean maySpeakFor(String service) {
        return services.contains(ALL) || services.contains(service) || may(Role.ADMIN);
    }

    /** The same that may send so much. */
    Caller limited(Allowance by) {
        return new Caller(name, kind, roles, services, by, scenarioId);
    }

    /** The same, whose request belongs to a run. */
    Caller within(String run) {
        return new Caller(name, kind, roles, services, allowance, run);
    }

    /** How answers and log lines call it. */
    public String spoken() {
        return kind == Kind.NONE ? "a caller without credentials" : name;
    }

    /** For whom this thread works; empty if for nobody outside. */
    public static Optional<Caller> current() {
        return CURRENT.get();
    }

    /** How much the one may send for whom this thread works. */
    public static Allowance currentAllowance() {
        return current().map(Caller::allowance).orElse(Allowance.UNLIMITED);
    }

    /** Does {@code work} for a caller, and restores what was before. */
    public static <T> T call(Optional<Caller> caller, Callable<T> work) throws Exception {
        Optional<Caller> before = CURRENT.get();
        CURRENT.set(caller);
        try {
            return work.call();
        } finally {
            restore(before);
        }
    }

    /** Does {@code work} for a caller, and restores what was before. */
    public static void run(Optional<Caller> caller, Runnable work) {
        Optional<Caller> before = CURRENT.get();
        CURRENT.set(caller);
        try {
            work.run();
        } finally {
            restore(before);
        }
    }

    private static void restore(Optional<Caller> before) {
        if (before.isEmpty()) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }
}
