package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Miss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.NearestMiss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verdicts as they are kept: all but the id, which stands in the key. Times are told from the
 * trigger's, a reason only where it does not follow from the findings. The same verdict always
 * gives the same bytes. Up to format 1 it was {@link VerdictJson}.
 */
public final class VerdictCodec {
    private static final int FORMAT = 2;
    private static final int EXPECTED = 256;
    private static final int CRITICAL = 1;
    private static final int FINAL = 2;
    private static final int OWN_REASON = 4;
    private static final int MISSED = 1;
    private static final int COUNTED = 2;

    // Their order is part of the format.
    private static final List<Status> STATUSES =
            List.of(Status.PASSED, Status.FAILED, Status.PENDING, Status.INCONCLUSIVE);
    private static final List<Kind> KINDS =
            List.of(Kind.EFFECT, Kind.FORBIDDEN, Kind.SLA, Kind.RUN, Kind.STEADY);
    private static final List<State> STATES =
            List.of(State.MET, State.MISSED, State.OPEN, State.UNCERTAIN);
    private static final List<Miss> MISSES =
            List.of(Miss.TOO_LATE, Miss.BEFORE_TRIGGER, Miss.OUT_OF_ORDER, Miss.OTHER_KEY);

    private VerdictCodec() {}

    /** A verdict with all its findings. */
    public static byte[] write(Verdict verdict) {
        boolean own =
                !verdict.reason().equals(Verdict.reason(verdict.status(), verdict.findings()));
        ByteWriter out = new ByteWriter(EXPECTED).octet(FORMAT);
        out.octet(
                (verdict.critical() ? CRITICAL : 0)
                        | (verdict.isFinal() ? FINAL : 0)
                        | (own ? OWN_REASON : 0));
        status(out, verdict.status()).count(verdict.version());
        out.text(verdict.expectation()).text(verdict.expectationVersion());
        out.text(verdict.scenario()).text(verdict.scenarioId()).text(verdict.triggerId());
        Instant trigger = verdict.triggeredAt();
        time(out, Instant.EPOCH, trigger);
        time(out, trigger, verdict.decidedAt());
        time(out, trigger, verdict.deadline());
        duration(out, verdict.lateBy());
        if (own) {
            out.text(verdict.reason());
        }
        out.count(verdict.findings().size());
        for (Finding finding : verdict.findings()) {
            write(out, trigger, finding);
        }
        return out.bytes();
    }

    /** Reads what {@link #write} wrote, in this version or another. */
    public static Verdict read(String id, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        return in.octet() == FORMAT ? read(id, in) : VerdictJson.read(JsonRecord.read(bytes));
    }

    private static Verdict read(String id, ByteReader in) {
        int flags = in.octet();
        Status status = status(in);
        int version = in.count();
        String expectation = in.text();
        String expectationVersion = in.text();
        String scenario = in.text();
        String scenarioId = in.text();
        String triggerId = in.text();
        Instant trigger = time(in, Instant.EPOCH);
        Instant decidedAt = time(in, trigger);
        Instant deadline = time(in, trigger);
        Duration lateBy = duration(in);
        Optional<String> own =
                (flags & OWN_REASON) != 0 ? Optional.of(in.text()) : Optional.empty();
        List<Finding> findings = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            findings.add(finding(in, trigger));
        }
        return new Verdict(
                id,
                version,
                expectation,
                expectationVersion,
                scenario,
                (flags & CRITICAL) != 0,
                scenarioId,
                triggerId,
                trigger,
                status,
                (flags & FINAL) != 0,
                lateBy,
                decidedAt,
                deadline,
                own.orElseGet(() -> Verdict.reason(status, findings)),
                findings);
    }

    static ByteWriter status(ByteWriter out, Status status) {
        return out.octet(STATUSES.indexOf(status));
    }

    static Status status(ByteReader in) {
        return STATUSES.get(in.octet());
    }

    private static void write(ByteWriter out, Instant trigger, Finding finding) {
        out.text(finding.name());
        out.octet(KINDS.indexOf(finding.kind())).octet(STATES.indexOf(finding.state()));
        duration(out, finding.limit());
        time(out, trigger, finding.at());
        out.text(finding.reason());
        out.count(finding.sightings().size());
        for (Sighting sighting : finding.sightings()) {
            write(out, trigger, sighting);
        }
        out.octet(
                (finding.nearestMiss().isPresent() ? MISSED : 0)
                        | (finding.figures().isEmpty() ? 0 : COUNTED));
        finding.nearestMiss().ifPresent(miss -> write(out, trigger, miss));
        if (!finding.figures().isEmpty()) {
            out.count(finding.figures().size());
            finding.figures().forEach((figure, value) -> out.text(figure).text("" + value));
        }
    }

    private static Finding finding(ByteReader in, Instant trigger) {
        String name = in.text();
        Kind kind = KINDS.get(in.octet());
        State state = STATES.get(in.octet());
        Duration limit = duration(in);
        Instant at = time(in, trigger);
        String reason = in.text();
        List<Sighting> sightings = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            sightings.add(sighting(in, trigger));
        }
        int more = in.octet();
        Optional<NearestMiss> miss =
                (more & MISSED) != 0 ? Optional.of(miss(in, trigger)) : Optional.empty();
        Map<String, BigDecimal> figures = (more & COUNTED) != 0 ? figures(in) : Map.of();
        return new Finding(name, kind, state, limit, at, reason, sightings, miss, figures);
    }

    private static Map<String, BigDecimal> figures(ByteReader in) {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        for (int left = in.count(); left > 0; left--) {
            figures.put(in.text(), new BigDecimal(in.text()));
        }
        return figures;
    }

    private static void write(ByteWriter out, Instant trigger, Sighting sighting) {
        out.text(sighting.eventId()).text(sighting.service()).text(sighting.type());
        time(out, trigger, sighting.occurredAt());
        duration(out, sighting.delay());
    }

    private static Sighting sighting(ByteReader in, Instant trigger) {
        return new Sighting(in.text(), in.text(), in.text(), time(in, trigger), duration(in));
    }

    private static void write(ByteWriter out, Instant trigger, NearestMiss miss) {
        out.octet(MISSES.indexOf(miss.why()));
        duration(out, miss.by());
        write(out, trigger, miss.event());
        out.text(miss.explanation());
    }

    private static NearestMiss miss(ByteReader in, Instant trigger) {
        return new NearestMiss(
                MISSES.get(in.octet()), duration(in), sighting(in, trigger), in.text());
    }

    private static void time(ByteWriter out, Instant from, Instant time) {
        out.zigzag(time.getEpochSecond() - from.getEpochSecond()).varint(time.getNano());
    }

    private static Instant time(ByteReader in, Instant from) {
        return Instant.ofEpochSecond(from.getEpochSecond() + in.zigzag(), in.varint());
    }

    private static void duration(ByteWriter out, Duration duration) {
        out.zigzag(duration.getSeconds()).varint(duration.getNano());
    }

    private static Duration duration(ByteReader in) {
        return Duration.ofSeconds(in.zigzag(), in.varint());
    }
}
