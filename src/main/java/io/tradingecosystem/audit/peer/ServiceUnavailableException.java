package io.tradingecosystem.audit.peer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * A peer could not be called, or did not answer in time; says which one and why. Nothing is known
 * of what the peer did with the call.
 */
public final class ServiceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String service;
    private final String instance;
    private final Reason reason;
    private final Duration retryAfter;

    ServiceUnavailableException(
            String service,
            Optional<String> instance,
            Reason reason,
            String detail,
            Duration retryAfter,
            Optional<? extends Throwable> cause) {
        super(
                service
                        + instance.map(id -> " (instance " + id + ")").orElse("")
                        + " is not available: "
                        + detail,
                cause.orElse(null));
        this.service = requireNonNull(service, "service is null");
        this.instance = instance.orElse("");
        this.reason = requireNonNull(reason, "reason is null");
        this.retryAfter = requireNonNull(retryAfter, "retryAfter is null");
    }

    /** The name of the peer. */
    public String service() {
        return service;
    }

    /** The instance that was called last; empty if none was. */
    public Optional<String> instance() {
        return Optional.of(instance).filter(id -> !id.isEmpty());
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** When trying again may help. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Why a peer is not available. */
    public enum Reason {
        /** The registry knows no instance that can be called. */
        NO_INSTANCE,
        /** No connection could be made, or it broke. */
        CONNECT_FAILED,
        /** No answer came before the deadline. */
        TIMED_OUT,
        /** Too many calls have failed lately; the peer is left alone for a while. */
        BREAKER_OPEN,
        /** Too many calls are in flight, by our count or by the peer's. */
        OVERLOADED,
        /** The peer answered that it will not or cannot do it. */
        REFUSED
    }
}
