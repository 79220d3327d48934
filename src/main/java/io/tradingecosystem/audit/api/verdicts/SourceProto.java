package io.tradingecosystem.audit.api.verdicts;

import static io.tradingecosystem.audit.server.grpc.Protobuf.duration;
import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import io.tradingecosystem.audit.scenario.sources.HeardService;
import io.tradingecosystem.audit.scenario.sources.Probed;
import io.tradingecosystem.audit.scenario.sources.SourceView;
import io.tradingecosystem.audit.scenario.sources.Speaking;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.v1.Source;

import java.time.Duration;
import java.time.Instant;

/** Services as sources of evidence, as messages. */
final class SourceProto {
    private SourceProto() {}

    /**
     * A source as a message.
     *
     * @param now what time it is here
     */
    static Source message(SourceView source, Instant now) {
        Source.Builder message =
                Source.newBuilder()
                        .setService(source.service())
                        .setSilent(source.isSilent(now))
                        .setDropped(Source.Dropped.getDefaultInstance());
        source.heard().ifPresent(heard -> heard(heard, message));
        source.speaks().forEach(each -> message.addSpeaks(speaking(each, now)));
        source.probed().ifPresent(each -> message.setProbe(probe(each)));
        return message.build();
    }

    private static Source.Probe probe(Probed probed) {
        Source.Probe.Builder message =
                Source.Probe.newBuilder()
                        .setDead(probed.isDead())
                        .addAllExpectations(probed.expectations());
        probed.last()
                .ifPresent(
                        last -> {
                            message.setSince(timestamp(last.since()));
                            last.until().ifPresent(end -> message.setUntil(timestamp(end)));
                        });
        return message.build();
    }

    private static void heard(HeardService heard, Source.Builder message) {
        message.setEvents(heard.events())
                .setLossesReported(heard.losses())
                .setDropped(
                        Source.Dropped.newBuilder()
                                .setEvents(heard.dropped().events())
                                .setAttributes(heard.dropped().attributes())
                                .setLinks(heard.dropped().links()));
        heard.times().ifPresent(times -> times(times, message));
        heard.lastLoss().ifPresent(loss -> message.setLastLoss(loss(loss)));
        if (heard.events() > 0) {
            message.setLateness(lateness(heard));
        }
    }

    private static void times(HeardService.Times times, Source.Builder message) {
        message.setFirstAt(timestamp(times.first()))
                .setLastAt(timestamp(times.last()))
                .setFirstRecordedAt(timestamp(times.firstRecorded()))
                .setLastRecordedAt(timestamp(times.lastRecorded()));
    }

    private static Source.Lateness lateness(HeardService heard) {
        return Source.Lateness.newBuilder()
                .setP50(duration(heard.lateness(500).orElse(Duration.ZERO)))
                .setP99(duration(heard.lateness(990).orElse(Duration.ZERO)))
                .setP999(duration(heard.lateness(999).orElse(Duration.ZERO)))
                .setAhead(heard.ahead())
                .build();
    }

    private static Source.Loss loss(Gap loss) {
        return Source.Loss.newBuilder()
                .setFrom(timestamp(loss.from()))
                .setTo(timestamp(loss.to()))
                .setReason(loss.reason())
                .build();
    }

    private static Source.Speaking speaking(Speaking speaking, Instant now) {
        Source.Speaking.Builder message =
                Source.Speaking.newBuilder()
                        .setEvery(duration(speaking.source().every()))
                        .setSequence(speaking.source().sequence())
                        .addAllExpectations(speaking.expectations())
                        .setSilent(speaking.isSilent(now))
                        .setListened(speaking.listened())
                        .setHoles(speaking.holes())
                        .setRepeatedNumber(speaking.repeated());
        speaking.lastSign().ifPresent(sign -> message.setLastSign(timestamp(sign)));
        return message.build();
    }
}
