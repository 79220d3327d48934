package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.IntervalJoin;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.matching.Joins;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.store.MemoryStore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The joins of a part, fed by hand. */
final class FedPart {
    private final AffectedWindows affected;
    private final RacedWindows raced;
    private final VerdictStoreWriter writer =
            VerdictStoreWriter.of(
                    MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("scenario"), 9);
    private final Joins joins = new Joins(writer.transaction(), 'B', 'C', 100_000, 100_000);
    private final Sought sought;
    private long now = Long.MIN_VALUE;

    /** Of parts, one of which is named e. */
    FedPart(String parts) {
        this(parts, Duration.ofMillis(100));
    }

    FedPart(String parts, Duration skew) {
        Tolerances tolerances =
                new Tolerances(Duration.ofSeconds(10), skew, Duration.ofSeconds(30));
        affected = new AffectedWindows(tolerances);
        raced = new RacedWindows(new Gaps(writer), tolerances);
        Expectation expectation =
                Scene.definitions("name: x\nwhen: {type: t}\n" + parts).getFirst().content();
        Watched watched = Watched.open(expectation, 0, Long.MIN_VALUE, tolerances, joins);
        List<Part> all = expectation.parts();
        int part = all.getFirst().name().equals("e") ? 0 : 1;
        sought = new Sought(watched, part);
    }

    /** The triggers of the windows that the last of some events affects, in order. */
    String affected(SceneText scene) {
        add(scene);
        return affected(scene.events().getLast());
    }

    /** The triggers whose windows fell due while the last of some events was on its way. */
    String raced(SceneText scene) {
        add(scene);
        AuditEvent last = scene.events().getLast();
        List<String> triggers = new ArrayList<>();
        raced.visit(
                sought.join(),
                effect(last),
                sought.wanted(),
                JoinedEvent.of(last),
                now,
                trigger -> triggers.add(trigger.id()));
        return String.join(" ", triggers);
    }

    boolean awaits(SceneText scene) {
        add(scene);
        AuditEvent last = scene.events().getLast();
        return affected.isAwaited(sought, effect(last), JoinedEvent.of(last));
    }

    /** The effects of the trigger that comes last, of as many as are looked at. */
    List<String> effects(SceneText scene, int max) {
        add(scene);
        AuditEvent last = scene.events().getLast();
        List<String> effects = new ArrayList<>();
        affected.visitEffects(
                sought.join(),
                cause(last),
                JoinedEvent.of(last),
                sought.wanted().within().toNanos(),
                max,
                effect -> effects.add(effect.id()));
        return effects;
    }

    private void add(SceneText scene) {
        for (AuditEvent event : scene.events()) {
            now = Math.max(now, Times.toEpochNanos(event.recordedAt()));
            add(event);
        }
        if (scene.until().isBefore(Instant.MAX)) {
            now = Times.toEpochNanos(scene.until());
        }
    }

    private void add(AuditEvent event) {
        IntervalJoin join = sought.join();
        JoinedEvent joined = JoinedEvent.of(event);
        if (event.type().equals("t")) {
            joins.addTrigger(join, cause(event), joined, now);
        } else {
            joins.addEffect(join.shared(), effect(event), joined, now);
        }
    }

    private JoinHash cause(AuditEvent event) {
        return JoinHash.ofCause(sought.wanted().join(), event).orElseThrow();
    }

    private JoinHash effect(AuditEvent event) {
        return JoinHash.ofEffect(sought.wanted().join(), event).orElseThrow();
    }

    private String affected(AuditEvent event) {
        List<String> triggers = new ArrayList<>();
        affected.visit(
                sought,
                effect(event),
                JoinedEvent.of(event),
                Nanos.plus(now, -Duration.ofSeconds(10).toNanos()),
                trigger -> triggers.add(trigger.id()));
        return triggers.stream().distinct().sorted().collect(Collectors.joining(" "));
    }
}
