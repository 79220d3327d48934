package io.tradingecosystem.audit.api.verdicts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.scenario.EvidenceBundle;
import io.tradingecosystem.audit.scenario.EvidenceText;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.v1.EvidenceServiceGrpc;
import io.tradingecosystem.audit.v1.GetBundleRequest;
import io.tradingecosystem.audit.v1.GetBundleResponse;

/** What verdicts were judged on, over gRPC: {@code audit.v1.EvidenceService}. */
public final class EvidenceGrpc extends EvidenceServiceGrpc.EvidenceServiceImplBase {
    private final VerdictService verdicts;

    /** Shows the evidence of these. */
    public EvidenceGrpc(VerdictService verdicts) {
        this.verdicts = verdicts;
    }

    /** Line by line, as a message has a bound and a bundle a larger one. */
    @Override
    public void getBundle(GetBundleRequest request, StreamObserver<GetBundleResponse> response) {
        String id = request.getVerdictId();
        EvidenceBundle bundle =
                verdicts.evidence(id).orElseThrow(() -> ProblemException.unknown("verdict", id));
        Disclosures.items(bundle.events().size());
        new String(EvidenceText.write(bundle), UTF_8)
                .lines()
                .map(line -> GetBundleResponse.newBuilder().setLine(line).build())
                .forEach(response::onNext);
        response.onCompleted();
    }
}
