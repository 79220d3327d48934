package io.tradingecosystem.audit.access;

import io.grpc.ServerInterceptor;
import io.tradingecosystem.audit.access.Permission.Exposure;
import io.tradingecosystem.audit.access.log.AccessLog;
import io.tradingecosystem.audit.access.log.Answer;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.access.log.Question;
import io.tradingecosystem.audit.access.log.Question.Asker;
import io.tradingecosystem.audit.access.log.Question.What;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.settings.AccessSettings.Audit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What of requests is recorded: definitions, administration and refusals in any case, reads if the
 * settings say so; never what says how the service itself is described or feels. Thread-safe.
 */
public final class AccessRecords {
    private static final Set<String> DESCRIPTIONS =
            Set.of(
                    "GET /openapi.yaml",
                    "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                    "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");

    private final AccessLog log;
    private final Audit audit;
    private final FilterKeys keys;

    /**
     * Records into a log.
     *
     * @param audit whether reads are recorded
     * @param keys the names of parameters that may stand in records
     */
    public AccessRecords(AccessLog log, Audit audit, Set<String> keys) {
        this.log = log;
        this.audit = audit;
        this.keys = new FilterKeys(keys);
    }

    /** What a request is recorded as; empty if it is not. */
    Optional<What> what(String route, Permission permission) {
        boolean session = permission.exposure() == Exposure.ANYBODY && !route.startsWith("GET ");
        if (permission.exposure() == Exposure.NEVER
                || permission.role() == Role.DEFINE
                || session) {
            return Optional.of(What.ACT);
        }
        boolean tells =
                permission.exposure() == Exposure.OPEN_MODE
                        && permission.role() != Role.SEND
                        && !DESCRIPTIONS.contains(route);
        return tells && audit == Audit.METADATA ? Optional.of(What.READ) : Optional.empty();
    }

    /** Notes by what calls ask, when their messages were read. */
    public ServerInterceptor messages() {
        return new AskedKeys(keys);
    }

    /** By what requests ask. */
    FilterKeys keys() {
        return keys;
    }

    /** A request that is served from now on. */
    Disclosure begin(
            Optional<What> what,
            Caller caller,
            String address,
            String route,
            Supplier<Map<String, String>> asked) {
        return what.map(
                        sort ->
                                log.begin(
                                        new Question(
                                                sort, asker(caller, address), route, asked.get())))
                .orElse(Disclosure.NONE);
    }

    /** It has been answered. */
    void end(Disclosure disclosure, Answer answer) {
        if (disclosure != Disclosure.NONE) {
            log.end(disclosure, answer);
        }
    }

    /** A request is not served. */
    void refused(Caller caller, String address, String route, String status, ProblemException e) {
        log.note(
                new Question(What.REFUSAL, asker(caller, address), route, Map.of()),
                new Answer(status, Denials.reason(e.problem())));
    }

    private static Asker asker(Caller caller, String address) {
        return new Asker(caller.name(), caller.kind().name().toLowerCase(Locale.ROOT), address);
    }
}
