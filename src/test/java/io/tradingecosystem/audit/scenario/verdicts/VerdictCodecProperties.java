package io.tradingecosystem.audit.scenario.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Miss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.NearestMiss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What is packed is unpacked as it was, whatever it says, and so is what was kept as JSON. */
class VerdictCodecProperties {
    private static final String[] TEXTS = {"", "x", "the effect", "ünï — 漢字", "a".repeat(300)};
    private static final int DAY = 86_400;

    @Property(tries = 300)
    void shouldReadWhatItWrote(@ForAll long seed) {
        Verdict verdict = verdict(new Random(seed));

        byte[] packed = VerdictCodec.write(verdict);

        assertThat(VerdictCodec.read(verdict.id(), packed)).isEqualTo(verdict);
        assertThat(VerdictCodec.write(verdict)).isEqualTo(packed);
    }

    @Property(tries = 100)
    void shouldReadWhatWasKeptAsJson(@ForAll long seed) {
        Verdict verdict = verdict(new Random(seed));

        byte[] json = JsonRecord.write(VerdictJson.write(verdict));

        assertThat(VerdictCodec.read(verdict.id(), json)).isEqualTo(verdict);
    }

    private static Verdict verdict(Random random) {
        Status status = one(random, Status.values());
        List<Finding> findings = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            findings.add(finding(random));
        }
        return new Verdict(
                "verdict-" + "0".repeat(32),
                random.nextInt(300),
                one(random, TEXTS),
                one(random, TEXTS),
                one(random, TEXTS),
                random.nextBoolean(),
                one(random, TEXTS),
                one(random, TEXTS),
                time(random),
                status,
                random.nextBoolean(),
                duration(random),
                time(random),
                time(random),
                random.nextBoolean() ? Verdict.reason(status, findings) : one(random, TEXTS),
                findings);
    }

    private static Finding finding(Random random) {
        List<Sighting> sightings = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            sightings.add(sighting(random));
        }
        return new Finding(
                one(random, TEXTS),
                one(random, Kind.values()),
                one(random, State.values()),
                duration(random),
                time(random),
                one(random, TEXTS),
                sightings,
                random.nextBoolean() ? Optional.of(miss(random)) : Optional.empty());
    }

    private static NearestMiss miss(Random random) {
        return new NearestMiss(
                one(random, Miss.values()), duration(random), sighting(random), one(random, TEXTS));
    }

    private static Sighting sighting(Random random) {
        return new Sighting(
                one(random, TEXTS),
                one(random, TEXTS),
                one(random, TEXTS),
                time(random),
                duration(random));
    }

    private static Instant time(Random random) {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    /** As exact as JSON tells them. */
    private static Duration duration(Random random) {
        return Duration.ofNanos((long) (random.nextInt(2 * DAY) - DAY) * 1_000_000_000)
                .plusMillis(random.nextInt(1_000));
    }

    private static <T> T one(Random random, T[] of) {
        return of[random.nextInt(of.length)];
    }
}
