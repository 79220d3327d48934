package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.settings.AccessSettings;
import io.tradingecosystem.audit.settings.AccessSettings.Mode;
import io.tradingecosystem.audit.settings.JwtSettings;

import java.util.Map;
import java.util.Optional;

/**
 * Who may do what. A route or method that nobody has decided about is for {@link Role#ADMIN} only.
 * Thread-safe.
 */
public final class AccessPolicy {
    private final AccessSettings settings;
    private final Map<String, Permission> permissions;
    private final Authentication authentication;
    private final Limits limits;
    private final Sessions sessions;

    private AccessPolicy(
            AccessSettings settings,
            Map<String, Permission> permissions,
            Authentication authentication,
            Limits limits,
            Sessions sessions) {
        this.settings = settings;
        this.permissions = Map.copyOf(permissions);
        this.authentication = authentication;
        this.limits = limits;
        this.sessions = sessions;
    }

    /**
     * The policy of the settings.
     *
     * @param permissions what is asked for, by route ({@code GET /api/v1/events/{id}}) and by
     *     method of gRPC ({@code audit.v1.EventService/GetEvent})
     * @param admin whose token is always known, with all roles
     * @param limits how much callers may send
     * @throws AccessException if the file of tokens cannot be read
     */
    public static AccessPolicy create(
            AccessSettings settings,
            Map<String, Permission> permissions,
            Optional<AdminToken> admin,
            Limits limits,
            Time time) {
        CallerDirectory directory = new CallerDirectory(settings);
        Sessions sessions = new Sessions(settings.session(), time);
        return new AccessPolicy(
                settings,
                permissions,
                new Authentication(
                        new CertificateCallers(settings.certificates(), directory),
                        admin,
                        StaticTokens.of(
                                settings.tokens(),
                                name -> directory.caller(name, Caller.Kind.TOKEN),
                                time.ticker()),
                        settings.jwt().keys().map(unused -> signed(settings, directory, time)),
                        sessions,
                        new FailedAttempts(settings.failures(), time.ticker())),
                limits,
                sessions);
    }

    private static SignedTokens signed(
            AccessSettings settings, CallerDirectory directory, Time time) {
        JwtSettings jwt = settings.jwt();
        IssuerKeys keys =
                new IssuerKeys(
                        KeyPlaces.of(jwt), jwt.keys().orElseThrow(), jwt.refresh(), time.ticker());
        return new SignedTokens(jwt, keys, directory, time.clock());
    }

    /** What a route or method asks for. */
    Permission permission(String route) {
        return permissions.getOrDefault(route, Permission.UNDECIDED);
    }

    /**
     * Who asks, if that may be served.
     *
     * @throws ProblemException 401, 403 or 429, with the name of a {@link Denial}
     */
    Caller admit(Permission permission, Credentials credentials) {
        Caller caller = caller(permission, credentials);
        require(permission, caller);
        return limited(permission, caller, credentials);
    }

    /**
     * Who asks.
     *
     * @throws ProblemException 401 or 429, if credentials were given that prove nothing
     */
    Caller caller(Permission permission, Credentials credentials) {
        return permission.exposure() == Permission.Exposure.ALWAYS
                ? Caller.NONE
                : authentication.caller(credentials);
    }

    /**
     * Passes who may be served.
     *
     * @throws ProblemException 401 or 403
     */
    void require(Permission permission, Caller caller) {
        if (!isOpen(permission.exposure()) && !caller.may(permission.role())) {
            throw denied(permission.role(), caller);
        }
    }

    /** The same caller, with what it may send. */
    Caller limited(Permission permission, Caller caller, Credentials credentials) {
        return permission.isLimited() ? limits.limited(caller, credentials.address()) : caller;
    }

    /**
     * What the bearer token of a request proves; empty without one.
     *
     * @throws ProblemException 401 or 429, if it proves nothing
     */
    Optional<Proof> proof(Credentials credentials) {
        return authentication.proof(credentials);
    }

    /** Who has logged in. */
    Sessions sessions() {
        return sessions;
    }

    private boolean isOpen(Permission.Exposure exposure) {
        return switch (exposure) {
            case ALWAYS, ANYBODY -> true;
            case HEALTH -> settings.health() == Mode.OPEN;
            case METRICS -> settings.metrics() == Mode.OPEN;
            case OPEN_MODE -> settings.mode() == Mode.OPEN;
            case NEVER -> false;
        };
    }

    private static ProblemException denied(Role role, Caller caller) {
        return caller.kind() == Caller.Kind.NONE
                ? Denial.NO_CREDENTIALS.exception(
                        "this needs the role %s: Authorization: Bearer, and a token that has it."
                                .formatted(role.settingName()))
                : Denial.ROLE_MISSING.exception(
                        "this needs the role %s, and %s has it not."
                                .formatted(role.settingName(), caller.spoken()));
    }
}
