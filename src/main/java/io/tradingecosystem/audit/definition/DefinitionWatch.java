package io.tradingecosystem.audit.definition;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.OwnAppend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings what is in force into line with a folder of definitions, by events of the log. It looks
 * once a second whether a file changed; while the folder has problems, what was in force stays; a
 * file without definitions costs only itself. For one thread; {@link #isReady}, {@link #inForce}
 * and {@link #problems} for any.
 *
 * @param <T> what is defined
 */
public final class DefinitionWatch<T extends Defined> {
    private static final EventLogger LOG = EventLogger.of(DefinitionWatch.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final String name;
    private final String folder;
    private final DefinitionSource<T> source;
    private final DefinitionEvents<T> events;
    private final Supplier<DefinitionsInForce<T>> inForce;
    private final String service;
    private final EventLog log;
    private final Time time;
    private volatile boolean ready;
    private volatile boolean postponed;
    private volatile List<String> problems = List.of();
    private volatile Map<String, String> places = Map.of();
    private volatile DefinitionsInForce<T> shown = new DefinitionsInForce<>();
    private String seen = "";
    private long lastLook;

    /**
     * A watch that has not looked yet.
     *
     * @param folder absent means the shipped definitions
     * @param inForce what is in force now, by the log so far
     * @param service our own name, as the sender of changes
     */
    public DefinitionWatch(
            DefinitionKind<T> kind,
            Optional<Path> folder,
            Supplier<DefinitionsInForce<T>> inForce,
            String service,
            EventLog log,
            Time time) {
        this.name = kind.plural();
        this.folder = folder.map(Path::toString).orElse("shipped " + kind.plural());
        this.source = new DefinitionSource<>(kind, folder);
        this.events = new DefinitionEvents<>(kind);
        this.inForce = requireNonNull(inForce, "inForce is null");
        this.service = requireNonNull(service, "service is null");
        this.log = requireNonNull(log, "log is null");
        this.time = requireNonNull(time, "time is null");
    }

    /**
     * Whether what the folder says was in force once, or cannot be: because of its problems, or for
     * as long as the log cannot be written.
     */
    public boolean isReady() {
        return ready || postponed;
    }

    /** What was in force when it was last {@linkplain #show shown}; nobody changes it. */
    public DefinitionsInForce<T> inForce() {
        return shown;
    }

    /** Where the folder defines a name, such as {@code market.yaml:7}; empty if it does not. */
    public String place(String name) {
        return places.getOrDefault(name, "");
    }

    /** Shows what is in force now. */
    public void show() {
        shown = inForce.get().copy();
    }

    /** What is wrong with the folder now. */
    public List<String> problems() {
        return problems;
    }

    /**
     * Looks before anything is taken in: what is recorded from now on is to find in force what the
     * folder says, however long it takes to catch up with what was recorded earlier. What is in
     * force may be known from then only; a change that was made since has the same id again.
     *
     * @throws InvalidDefinitionException if the folder has problems
     */
    public void begin() {
        List<AuditEvent> changes = changes();
        if (changes.isEmpty()) {
            return;
        }
        try {
            OwnAppend.to(log, changes);
        } catch (LogUnavailableException | LogBusyException e) {
            postponed = true;
            LOG.warn(name + ".postponed", "reason", e.toString());
        }
    }

    /** Looks, if it is time; to be called whenever the log has nothing more. */
    public void look() {
        long tick = time.tick();
        if (ready && !seen.isEmpty() && tick - lastLook < POLL_INTERVAL.toNanos()) {
            return;
        }
        lastLook = tick;
        String print = source.fingerprint();
        if (ready && print.equals(seen)) {
            return;
        }
        seen = print;
        try {
            List<AuditEvent> changes = changes();
            if (!changes.isEmpty()) {
                OwnAppend.to(log, changes);
                LOG.info(name + ".changed", "changes", changes.size());
            }
            setAside(source.setAside());
            ready |= changes.isEmpty();
            // Once more when the changes have come back through the log.
            seen = changes.isEmpty() ? print : "";
        } catch (InvalidDefinitionException e) {
            problems = e.problems();
            ready = true;
            LOG.warn(name + ".refused", "problems", problems);
        }
    }

    /** What is in force by a file that is empty for the moment of a save stays in force. */
    private List<AuditEvent> changes() {
        List<Definition<T>> read = source.read();
        places = read.stream().collect(Collectors.toMap(Definition::name, Definition::place));
        return inForce
                .get()
                .changes(events, service, time.now(), read, source.setAside().isEmpty())
                .stream()
                .map(this::told)
                .toList();
    }

    /** What is gone has no place in the folder any more. */
    private AuditEvent told(AuditEvent change) {
        String place = places.getOrDefault(events.name(change), folder);
        return Teller.ofFolder(place).on(change);
    }

    private void setAside(List<String> files) {
        if (!files.isEmpty() && !files.equals(problems)) {
            LOG.warn(name + ".set_aside", "problems", files);
        }
        problems = files;
    }
}
