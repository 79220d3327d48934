package io.tradingecosystem.audit.api.comparisons;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.comparisons.RunComparisons.Answer;
import io.tradingecosystem.audit.comparison.Anchor;
import io.tradingecosystem.audit.comparison.Comparison;
import io.tradingecosystem.audit.comparison.Run;
import io.tradingecosystem.audit.comparison.Signal;
import io.tradingecosystem.audit.correlation.analysis.Delays;
import io.tradingecosystem.audit.server.grpc.Protobuf;
import io.tradingecosystem.audit.v1.CompareResponse;
import io.tradingecosystem.audit.v1.ComparedRun;
import io.tradingecosystem.audit.v1.Difference;
import io.tradingecosystem.audit.v1.Evidence;
import io.tradingecosystem.audit.v1.FaultRanking;
import io.tradingecosystem.audit.v1.HopChange;
import io.tradingecosystem.audit.v1.MessageChange;
import io.tradingecosystem.audit.v1.ServiceRates;
import io.tradingecosystem.audit.v1.Step;
import io.tradingecosystem.audit.v1.Suspect;
import io.tradingecosystem.audit.v1.TimeDistribution;
import io.tradingecosystem.audit.v1.TimeShift;

import java.util.List;

/** A comparison as a message. */
final class ComparisonProto {
    private ComparisonProto() {}

    static CompareResponse message(Answer answer) {
        Comparison comparison = answer.comparison();
        return CompareResponse.newBuilder()
                .setRun(run(comparison.run()))
                .addAllBaselines(comparison.baselines().stream().map(ComparisonProto::run).toList())
                .setSame(comparison.isSame())
                .setComplete(comparison.isComplete())
                .addAllDifferences(
                        comparison.differences().stream().map(ComparisonProto::difference).toList())
                .addAllRules(shifts(comparison.rules()))
                .addAllHops(shifts(comparison.hops()))
                .addAllDurations(shifts(comparison.durations()))
                .addAllOwnTimes(shifts(comparison.ownTimes()))
                .addAllRates(comparison.rates().stream().map(ComparisonProto::rates).toList())
                .addAllMessages(comparison.messages().stream().map(ComparisonProto::said).toList())
                .addAllHopChanges(
                        comparison.hopChanges().stream().map(ComparisonProto::hop).toList())
                .setRanking(ranking(comparison.ranking()))
                .addAllIncomplete(Incomplete.messages(comparison.incomplete()))
                .setVerdictsProgress(ProgressAnswers.message(answer.verdicts()))
                .setLinksProgress(ProgressAnswers.message(answer.links()))
                .build();
    }

    private static ComparedRun run(Run run) {
        return ComparedRun.newBuilder()
                .setScenarioId(run.id())
                .setEvents(run.events())
                .setAlignedBy(alignedBy(run.anchor().by()))
                .setAnchorId(run.anchor().eventId())
                .setAnchorAt(Protobuf.timestamp(run.anchor().at()))
                .setExpectation(run.anchor().expectation())
                .setLastAt(Protobuf.timestamp(run.lastAt()))
                .setComplete(run.complete())
                .setStillOpen(run.stillOpen())
                .addAllIncomplete(Incomplete.messages(run.incomplete()))
                .build();
    }

    private static ComparedRun.AlignedBy alignedBy(Anchor.By by) {
        return switch (by) {
            case TRIGGER -> ComparedRun.AlignedBy.ALIGNED_BY_TRIGGER;
            case FIRST_EVENT -> ComparedRun.AlignedBy.ALIGNED_BY_FIRST_EVENT;
        };
    }

    private static Difference difference(
            io.tradingecosystem.audit.comparison.Difference difference) {
        Difference.Builder message =
                Difference.newBuilder()
                        .setKind(kind(difference.kind()))
                        .setStep(step(difference.step()))
                        .setCount(difference.count())
                        .setBaselineMin(difference.baselineMin())
                        .setBaselineMax(difference.baselineMax())
                        .setSentence(ComparisonWords.of(difference));
        difference.before().map(ComparisonProto::step).ifPresent(message::setBefore);
        difference.first().map(Protobuf::duration).ifPresent(message::setFirst);
        difference.baselineFirst().map(Protobuf::duration).ifPresent(message::setBaselineFirst);
        return message.build();
    }

    private static Difference.Kind kind(io.tradingecosystem.audit.comparison.Difference.Kind kind) {
        return switch (kind) {
            case MISSING -> Difference.Kind.KIND_MISSING;
            case EXTRA -> Difference.Kind.KIND_EXTRA;
            case LATER -> Difference.Kind.KIND_LATER;
            case EARLIER -> Difference.Kind.KIND_EARLIER;
            case REORDERED -> Difference.Kind.KIND_REORDERED;
        };
    }

    private static Step step(io.tradingecosystem.audit.comparison.Step step) {
        return Step.newBuilder()
                .setService(step.service())
                .setType(step.type())
                .setOperation(step.operation())
                .build();
    }

    private static List<TimeShift> shifts(
            List<io.tradingecosystem.audit.comparison.TimeShift> shifts) {
        return shifts.stream().map(ComparisonProto::shift).toList();
    }

    private static TimeShift shift(io.tradingecosystem.audit.comparison.TimeShift shift) {
        TimeShift.Builder message = TimeShift.newBuilder().setName(shift.name());
        shift.times().actual().map(ComparisonProto::delays).ifPresent(message::setRun);
        shift.times().baseline().map(ComparisonProto::delays).ifPresent(message::setBaseline);
        shift.times().ratio().ifPresent(message::setRatio);
        return message.build();
    }

    private static TimeDistribution delays(Delays delays) {
        return TimeDistribution.newBuilder()
                .setCount(delays.count())
                .setMin(Protobuf.duration(delays.min()))
                .setP50(Protobuf.duration(delays.p50()))
                .setP90(Protobuf.duration(delays.p90()))
                .setP99(Protobuf.duration(delays.p99()))
                .setMax(Protobuf.duration(delays.max()))
                .build();
    }

    private static ServiceRates rates(io.tradingecosystem.audit.comparison.ServiceRates rates) {
        return ServiceRates.newBuilder()
                .setService(rates.service())
                .setRun(counts(rates.run()))
                .setBaseline(counts(rates.baseline()))
                .build();
    }

    private static ServiceRates.Counts counts(
            io.tradingecosystem.audit.comparison.ServiceRates.Counts counts) {
        return ServiceRates.Counts.newBuilder()
                .setEvents(counts.events())
                .setErrors(counts.errors())
                .setWarnings(counts.warnings())
                .build();
    }

    private static MessageChange said(io.tradingecosystem.audit.comparison.MessageChange change) {
        return MessageChange.newBuilder()
                .setService(change.service())
                .setTemplate(change.template())
                .setCount(change.count())
                .setBaselineCount(change.baselineCount())
                .build();
    }

    private static HopChange hop(io.tradingecosystem.audit.comparison.HopChange change) {
        return HopChange.newBuilder()
                .setFrom(change.from())
                .setTo(change.to())
                .setCount(change.count())
                .setBaselineCount(change.baselineCount())
                .build();
    }

    private static FaultRanking ranking(io.tradingecosystem.audit.comparison.Ranking ranking) {
        FaultRanking.Builder message =
                FaultRanking.newBuilder()
                        .setMostLikely(ranking.mostLikely().orElse(""))
                        .setReason(ranking.reason())
                        .setMargin(ranking.margin())
                        .setQuietMargin(ranking.quietMargin())
                        .setQuiet(quiet(ranking.quiet()));
        ranking.suspects().forEach(each -> message.addSuspects(suspect(each)));
        return message.build();
    }

    private static FaultRanking.Quiet quiet(
            io.tradingecosystem.audit.comparison.Ranking.Quiet quiet) {
        return switch (quiet) {
            case BASELINES -> FaultRanking.Quiet.QUIET_BASELINES;
            case HALVES -> FaultRanking.Quiet.QUIET_HALVES;
            case UNKNOWN -> FaultRanking.Quiet.QUIET_UNKNOWN;
        };
    }

    private static Suspect suspect(io.tradingecosystem.audit.comparison.Ranking.Suspect suspect) {
        Suspect.Builder message =
                Suspect.newBuilder().setService(suspect.service()).setScore(suspect.score());
        suspect.evidence()
                .forEach(
                        each ->
                                message.addEvidenceBuilder()
                                        .setSignal(signal(each.signal()))
                                        .setPlace(each.place())
                                        .setSentence(each.sentence()));
        return message.build();
    }

    private static Evidence.Signal signal(Signal signal) {
        return switch (signal) {
            case OWN_TIME -> Evidence.Signal.SIGNAL_OWN_TIME;
            case DELAYS -> Evidence.Signal.SIGNAL_DELAYS;
            case ERRORS -> Evidence.Signal.SIGNAL_ERRORS;
            case LOGS -> Evidence.Signal.SIGNAL_LOGS;
            case STEPS -> Evidence.Signal.SIGNAL_STEPS;
            case TAIL -> Evidence.Signal.SIGNAL_TAIL;
        };
    }
}
