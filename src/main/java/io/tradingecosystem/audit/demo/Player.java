package io.tradingecosystem.audit.demo;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import javax.net.ssl.SSLContext;

/**
 * Plays a recording into a running service and shows the timeline, what it caused, and the
 * verdicts.
 *
 * <p>Distances between events stay as recorded, because windows are judged by them, and no event
 * lies in the future when it is sent. Up to the speed of the recording each is sent when it occurs.
 * Faster, all are sent at first, as if the recording ended now, and are shown at the wanted pace:
 * one after the other, later ones would come behind the ends of their windows.
 */
public final class Player {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int MAX_LOOKS = 10;

    private final URI service;
    private final Optional<String> token;
    private final Optional<SSLContext> tls;
    private final Screen screen;
    private final InstantSource clock;

    private Player(
            URI service,
            Optional<String> token,
            Optional<SSLContext> tls,
            Screen screen,
            InstantSource clock) {
        this.tls = tls;
        this.service = service;
        this.token = token;
        this.screen = screen;
        this.clock = clock;
    }

    /**
     * A player.
     *
     * @param service the service's address, such as {@code http://localhost:8083}
     * @param colour whether {@code out} understands colour
     */
    public static Player of(URI service, PrintStream out, boolean colour, InstantSource clock) {
        return new Player(
                service, Optional.empty(), Optional.empty(), new Screen(out, colour), clock);
    }

    /** The same, with a token that it shows to the service. */
    public Player withToken(String text) {
        return new Player(service, Optional.of(text), tls, screen, clock);
    }

    /** The same, with whom it trusts with https; otherwise those of the JVM. */
    public Player trusting(SSLContext context) {
        return new Player(service, token, Optional.of(context), screen, clock);
    }

    /**
     * Plays.
     *
     * @param speed how much faster than recorded; infinite for all at once
     * @param patience how long to wait for verdicts that are pending
     * @return FAILED if any verdict is, else PENDING or INCONCLUSIVE if any is, else PASSED
     * @throws IOException if the service is not there or does not take the events
     */
    public Status play(String title, List<AuditEvent> recording, double speed, Duration patience)
            throws IOException, InterruptedException {
        Instant now = clock.instant();
        Instant start = speed > 1 ? now.minus(Take.length(recording)) : now;
        String run = Long.toString(now.toEpochMilli() % 1_679_616_000L, 36);
        Take take = Take.of(withoutOwnWords(recording), run, start);
        try (ServiceClient client = new ServiceClient(service, token, tls)) {
            screen.heading("playing " + title + " into " + service);
            if (speed > 1) {
                client.send(take.events());
                pace(take, start, speed, events -> {});
            } else {
                pace(take, start, speed, client::send);
            }
            screen.line(take.events().size() + " events sent");
            List<Verdict> verdicts = await(client, runs(take), patience);
            show(client, take, verdicts);
            return summary(verdicts);
        }
    }

    /** What a correlator said of the recorded run, only the one that is played to may say. */
    private static List<AuditEvent> withoutOwnWords(List<AuditEvent> recording) {
        return recording.stream().filter(event -> !OwnWords.TYPES.contains(event.type())).toList();
    }

    /** What is done with events when their time has come. */
    private interface Sender {
        void send(List<AuditEvent> events) throws IOException, InterruptedException;
    }

    private void pace(Take take, Instant start, double speed, Sender sender)
            throws IOException, InterruptedException {
        Instant begin = clock.instant();
        List<AuditEvent> due = new ArrayList<>();
        for (AuditEvent event : take.events()) {
            Duration offset = Duration.between(start, event.occurredAt());
            // An infinite speed leaves no time between them.
            Instant at = begin.plusNanos(Math.round(offset.toNanos() / speed));
            if (at.isAfter(clock.instant())) {
                flush(sender, due, start);
                Thread.sleep(positive(Duration.between(clock.instant(), at)));
            }
            due.add(event);
        }
        flush(sender, due, start);
    }

    private void flush(Sender sender, List<AuditEvent> due, Instant start)
            throws IOException, InterruptedException {
        if (!due.isEmpty()) {
            sender.send(List.copyOf(due));
            // The service tells the whole timeline later; these are what somebody waits for.
            due.stream()
                    .filter(event -> event.severity().compareTo(Severity.WARNING) >= 0)
                    .forEach(event -> screen.event(event, start));
            due.clear();
        }
    }

    private static Set<String> runs(Take take) {
        Set<String> runs = new TreeSet<>();
        take.events().stream()
                .map(AuditEvent::scenarioId)
                .filter(id -> !id.isEmpty())
                .forEach(runs::add);
        return runs;
    }

    private List<Verdict> await(ServiceClient client, Set<String> runs, Duration patience)
            throws IOException, InterruptedException {
        Instant end = clock.instant().plus(patience);
        List<Verdict> verdicts = verdicts(client, runs);
        boolean reported = false;
        while (unsettled(verdicts) && clock.instant().isBefore(end)) {
            if (!reported && !verdicts.isEmpty()) {
                screen.line("");
                screen.line("… waiting for deadlines to pass");
                reported = true;
            }
            Thread.sleep(LOOK_AGAIN);
            verdicts = verdicts(client, runs);
        }
        return verdicts;
    }

    /** No verdict at all may mean that the service has not come to look yet. */
    private static boolean unsettled(List<Verdict> verdicts) {
        return verdicts.isEmpty() || verdicts.stream().anyMatch(v -> v.status() == Status.PENDING);
    }

    private static List<Verdict> verdicts(ServiceClient client, Set<String> runs)
            throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        for (String run : runs) {
            verdicts.addAll(client.verdicts(run));
        }
        return verdicts;
    }

    private void show(ServiceClient client, Take take, List<Verdict> verdicts)
            throws IOException, InterruptedException {
        screen.heading("what happened");
        for (String run : runs(take)) {
            client.timeline(run).lines().forEach(screen::line);
        }
        Set<String> roots = new TreeSet<>();
        verdicts.forEach(verdict -> roots.add(verdict.triggerId()));
        screen.heading("what it caused");
        for (AuditEvent event : take.events()) {
            if (roots.contains(event.id())) {
                screen.chain(settled(client, event.id()).tree());
            }
        }
        screen.heading("was it right");
        if (verdicts.isEmpty()) {
            screen.line("no expectation was exercised");
        }
        verdicts.forEach(screen::verdict);
        screen.line("");
        for (String run : runs(take)) {
            screen.line("more: " + service.resolve("/api/v1/scenarios/" + run + "?report=text"));
            screen.line("      " + service.resolve("/api/v1/timelines?scenario_id=" + run));
        }
    }

    /** A chain that grows no more: a verdict may be there before the last link is. */
    private static Chain settled(ServiceClient client, String eventId)
            throws IOException, InterruptedException {
        Chain chain = client.chain(eventId);
        int before = -1;
        for (int attempt = 0; attempt < MAX_LOOKS && chain.size() != before; attempt++) {
            before = chain.size();
            Thread.sleep(LOOK_AGAIN);
            chain = client.chain(eventId);
        }
        return chain;
    }

    private static Status summary(List<Verdict> verdicts) {
        Status worst = Status.PASSED;
        for (Verdict verdict : verdicts) {
            if (verdict.status() == Status.FAILED) {
                return Status.FAILED;
            }
            worst = verdict.status() == Status.PASSED ? worst : verdict.status();
        }
        return worst;
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
