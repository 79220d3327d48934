package io.tradingecosystem.audit.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.grpc.Deadline;
import io.tradingecosystem.audit.peer.PeerClient.Answer;
import io.tradingecosystem.audit.peer.RiskMetrics.Metric;
import io.tradingecosystem.risk.v1.GetRiskMetricsRequest;
import io.tradingecosystem.risk.v1.GetRiskMetricsResponse;
import io.tradingecosystem.risk.v1.RiskMonitorServiceGrpc;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the risk monitor. Thread-safe. */
public final class RiskMonitorClient {
    private static final String PATH = "/api/v1/risk/metrics";
    private static final int DEEPEST = 20;
    private static final int MAX_METRICS = 10_000;

    /** Takes what common's refuses, but for its nesting: others write it. */
    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .build();

    private final PeerClient peer;
    private final Optional<String> usualInstrument;

    /**
     * @param usualInstrument what metrics are of where nobody says it
     */
    RiskMonitorClient(PeerClient peer, Optional<String> usualInstrument) {
        this.peer = peer;
        this.usualInstrument = usualInstrument;
    }

    /** See {@link PeerClient#healthCheck()}. */
    public PeerHealth healthCheck() {
        return peer.healthCheck();
    }

    /**
     * The risk metrics: over gRPC, where the risk monitor has {@code risk.v1}; else from its REST
     * interface, which may want to know of which instrument; else nothing but its health.
     *
     * @param instrument what the metrics are of; empty for that of the settings, if there is one
     * @throws ServiceUnavailableException if there was no answer, or one that makes no sense
     * @throws java.util.concurrent.CancellationException if the caller gave up
     */
    public RiskMetrics riskMetrics(Optional<String> instrument) {
        Optional<String> asked = instrument.or(() -> usualInstrument);
        return peer.either(
                deadline -> overGrpc(asked, deadline), deadline -> overHttp(asked, deadline));
    }

    /** Those of the settings' instrument; see {@link #riskMetrics(Optional)}. */
    public RiskMetrics riskMetrics() {
        return riskMetrics(Optional.empty());
    }

    private RiskMetrics overGrpc(Optional<String> instrument, Deadline deadline) {
        Answer<GetRiskMetricsResponse> answer =
                peer.ask(
                        RiskMonitorServiceGrpc.getGetRiskMetricsMethod(),
                        GetRiskMetricsRequest.newBuilder()
                                .setInstrumentId(instrument.orElse(""))
                                .build(),
                        deadline);
        GetRiskMetricsResponse response = answer.answer();
        List<Metric> metrics = new ArrayList<>(response.getMetricsCount());
        response.getMetricsList()
                .forEach(
                        metric ->
                                metrics.add(
                                        new Metric(
                                                metric.getName(),
                                                metric.getValue(),
                                                metric.getUnit(),
                                                metric.getLabelsMap())));
        return new RiskMetrics(
                Source.GRPC,
                answer.instance(),
                response.hasAsOf()
                        ? Optional.of(
                                Instant.ofEpochSecond(
                                        response.getAsOf().getSeconds(),
                                        response.getAsOf().getNanos()))
                        : Optional.empty(),
                metrics,
                0,
                Optional.empty());
    }

    private RiskMetrics overHttp(Optional<String> instrument, Deadline deadline) {
        Answer<byte[]> answer;
        try {
            answer = peer.get(PATH + instrument.map(RiskMonitorClient::query).orElse(""), deadline);
        } catch (UnsupportedCallException e) {
            return healthAlone(deadline);
        } catch (ServiceUnavailableException e) {
            boolean wantsInstrument =
                    e.getCause() instanceof HttpAnswerException refusal && refusal.wantsMore();
            if (wantsInstrument && instrument.isEmpty()) {
                return healthAlone(deadline);
            }
            throw e;
        }
        Numbers numbers = new Numbers();
        try {
            numbers.collect("", JSON.readTree(answer.answer()));
        } catch (IOException e) {
            throw new ServiceUnavailableException(
                    peer.service(),
                    answer.instance(),
                    ServiceUnavailableException.Reason.REFUSED,
                    "GET " + PATH + " did not give JSON",
                    Duration.ofSeconds(1),
                    Optional.of(e));
        }
        return new RiskMetrics(
                Source.REST,
                answer.instance(),
                Optional.empty(),
                numbers.byName(),
                numbers.leftOut,
                Optional.empty());
    }

    private RiskMetrics healthAlone(Deadline deadline) {
        Answer<PeerHealth.State> health = peer.healthIfAny(deadline);
        return new RiskMetrics(
                Source.HEALTH,
                health.instance(),
                Optional.empty(),
                List.of(),
                0,
                Optional.of(health.answer()));
    }

    private static String query(String instrument) {
        return "?instrument_id=" + URLEncoder.encode(instrument, StandardCharsets.UTF_8);
    }

    /** The numbers of a document; of lists too, by their index. */
    private static final class Numbers {
        private final List<Metric> metrics = new ArrayList<>();
        private long leftOut;

        private void collect(String path, JsonNode node) {
            if (node.isNumber()) {
                add(path, node.doubleValue());
            } else if (node.isObject()) {
                node.properties()
                        .forEach(
                                member -> collect(below(path, member.getKey()), member.getValue()));
            } else if (node.isArray()) {
                for (int i = 0; i < node.size(); i++) {
                    collect(below(path, Integer.toString(i)), node.get(i));
                }
            }
        }

        private void add(String path, double value) {
            if (metrics.size() < MAX_METRICS) {
                metrics.add(new Metric(path, value, "", Map.of()));
            } else {
                leftOut++;
            }
        }

        private List<Metric> byName() {
            metrics.sort(Comparator.comparing(Metric::name));
            return metrics;
        }

        private static String below(String path, String name) {
            return path.isEmpty() ? name : path + "." + name;
        }
    }
}
