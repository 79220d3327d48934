package io.tradingecosystem.audit.ingest.otlp;

import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Receipt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Hands one export to the intake, piece by piece: a request may be many times larger as events than
 * it was on the wire. If a piece cannot be taken the request fails as a whole, and is sent again;
 * what was stored already is then a duplicate. Not thread-safe; one export has its own.
 */
final class Handover implements Sink {
    private static final int PIECE = 1_024;

    private final Door door;
    private final Intake intake;
    private final int max;
    private final Refusals refusals;
    private List<Candidate> piece = new ArrayList<>();
    private BitSet isRecord = new BitSet();

    Handover(Door door, Intake intake, String word) {
        this.door = door;
        this.intake = intake;
        this.max = Math.min(PIECE, intake.maxBatch());
        this.refusals = new Refusals(word);
    }

    @Override
    public void record(Candidate candidate) {
        isRecord.set(piece.size());
        add(candidate);
    }

    @Override
    public void detail(Candidate candidate) {
        add(candidate);
    }

    /** Hands over what is left, and tells what was refused. */
    Refusals finish() {
        if (!piece.isEmpty()) {
            handOver();
        }
        return refusals;
    }

    private void add(Candidate candidate) {
        piece.add(candidate);
        if (piece.size() == max) {
            handOver();
        }
    }

    private void handOver() {
        List<Receipt> receipts = intake.take(door, piece);
        for (int i = 0; i < receipts.size(); i++) {
            refusals.add(receipts.get(i), isRecord.get(i));
        }
        piece = new ArrayList<>();
        isRecord = new BitSet();
    }
}
