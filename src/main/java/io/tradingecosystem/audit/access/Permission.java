package io.tradingecosystem.audit.access;

/**
 * What a route or method asks of its callers. Immutable.
 *
 * @param role what a caller must be allowed to do
 * @param exposure whether that is asked for at all
 */
public record Permission(Role role, Exposure exposure) {
    /** What nobody has decided about. */
    static final Permission UNDECIDED = new Permission(Role.ADMIN, Exposure.NEVER);

    /** Who needs no role. */
    public enum Exposure {
        /** Nobody needs one, as it tells nothing: liveness, the page's own files. */
        ALWAYS,
        /** Nobody, but who shows something must be known by it: the session. */
        ANYBODY,
        /** Nobody, where {@code access.health} is open. */
        HEALTH,
        /** Nobody, where {@code access.metrics} is open. */
        METRICS,
        /** Nobody, where {@code access.mode} is open. */
        OPEN_MODE,
        /** Everybody needs it. */
        NEVER
    }

    /** Whether those who have it send events, of which each may send so much. */
    boolean isLimited() {
        return role == Role.SEND;
    }

    /** Whether who has it can change something, as who begins or ends a session does. */
    boolean changes() {
        if (exposure == Exposure.ANYBODY) {
            return true;
        }
        return switch (role) {
            case SEND, DEFINE, ADMIN -> true;
            case READ, OPERATE -> false;
        };
    }
}
