package io.tradingecosystem.audit.api.links;

import static io.tradingecosystem.audit.server.grpc.Protobuf.duration;
import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.ProvenanceAnswers;
import io.tradingecosystem.audit.api.events.EventProto;
import io.tradingecosystem.audit.correlation.analysis.CausalChain;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Node;
import io.tradingecosystem.audit.correlation.analysis.Clocks;
import io.tradingecosystem.audit.correlation.analysis.Timeline.Entry;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.v1.ChainNode;
import io.tradingecosystem.audit.v1.Clock;
import io.tradingecosystem.audit.v1.GetCausalChainResponse;
import io.tradingecosystem.audit.v1.TimelineEntry;

/** Links, chains and timelines as messages. */
final class LinkProto {
    private LinkProto() {}

    static io.tradingecosystem.audit.v1.Link message(Link link) {
        var message =
                io.tradingecosystem.audit.v1.Link.newBuilder()
                        .setCauseId(link.causeId())
                        .setEffectId(link.effectId())
                        .setKind(io.tradingecosystem.audit.v1.Link.Kind.valueOf(link.kind().name()))
                        .setRule(link.rule())
                        .setCausedAt(timestamp(link.causedAt()))
                        .setDelay(duration(link.delay()))
                        .setConfidence(link.confidence())
                        .setEvidence(link.evidence());
        link.provenance().map(ProvenanceAnswers::message).ifPresent(message::setProvenance);
        return message.build();
    }

    static GetCausalChainResponse message(CausalChain chain, Progress progress) {
        GetCausalChainResponse.Builder message =
                GetCausalChainResponse.newBuilder()
                        .setLinksProgress(ProgressAnswers.message(progress));
        chain.nodes().forEach(node -> message.addNodes(message(node)));
        chain.links().forEach(link -> message.addLinks(message(link)));
        message.addAllIncomplete(Incomplete.messages(chain.incomplete()));
        return message.build();
    }

    private static ChainNode message(Node node) {
        ChainNode.Builder message =
                ChainNode.newBuilder()
                        .setEventId(node.eventId())
                        .setSide(ChainNode.Side.valueOf(node.side().name()))
                        .setOccurredAt(timestamp(node.occurredAt()))
                        .setDepth(node.depth())
                        .setDelay(duration(node.delay()))
                        .setConfidence(node.confidence());
        node.event().ifPresent(event -> message.setEvent(EventProto.message(event)));
        node.via().ifPresent(via -> message.setVia(message(via)));
        node.alternatives().forEach(link -> message.addAlternatives(message(link)));
        return message.build();
    }

    static TimelineEntry message(Entry entry) {
        TimelineEntry.Builder message =
                TimelineEntry.newBuilder()
                        .setEvent(EventProto.message(entry.event()))
                        .setDepth(entry.depth())
                        .setSincePrevious(duration(entry.sincePrevious()))
                        .setAfterSilence(entry.afterSilence())
                        .setOrderCertain(entry.certain());
        if (entry.isCorrected()) {
            message.setCorrectedAt(timestamp(entry.at()));
        }
        entry.causes().forEach(link -> message.addCauses(message(link)));
        return message.build();
    }

    static Clock message(Clocks.Clock clock) {
        Clock.Builder message =
                Clock.newBuilder()
                        .setService(clock.service())
                        .setReference(clock.reference())
                        .setOffset(duration(clock.offset()))
                        .setPairs(clock.pairs())
                        .setContradictory(clock.contradictory());
        clock.min().ifPresent(min -> message.setLeast(duration(min)));
        clock.max().ifPresent(max -> message.setMost(duration(max)));
        return message.build();
    }
}
