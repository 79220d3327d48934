package io.tradingecosystem.audit.ingest.otlp;

import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.Receipt;
import io.tradingecosystem.audit.ingest.Receipt.Outcome;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
    private List<Item> piece = new ArrayList<>();
    private boolean begun;

    /** Whether the span whose details come next took an id beside that of another. */
    private boolean beside;

    private record Item(Candidate candidate, boolean isRecord, Twin twin) {}

    Handover(Door door, Intake intake, String word) {
        this.door = door;
        this.intake = intake;
        this.max = Math.min(PIECE, intake.maxBatch());
        this.refusals = new Refusals(word);
    }

    @Override
    public void record(Candidate candidate, Twin twin) {
        add(new Item(candidate, true, twin));
    }

    @Override
    public void detail(Candidate candidate, Twin twin) {
        add(new Item(candidate, false, twin));
    }

    /** Hands over what is left, and tells what was refused. */
    Refusals finish() {
        if (!piece.isEmpty()) {
            handOver();
        }
        return refusals;
    }

    private void add(Item item) {
        piece.add(item);
        if (piece.size() == max) {
            handOver();
        }
    }

    private void handOver() {
        List<Receipt> receipts =
                new ArrayList<>(take(piece.stream().map(Item::candidate).toList()));
        takeTwins(receipts);
        for (int i = 0; i < receipts.size(); i++) {
            refusals.add(receipts.get(i), piece.get(i).isRecord());
        }
        piece = new ArrayList<>();
    }

    /** The sender's limits hold for the export, not for its pieces. */
    private List<Receipt> take(List<Candidate> candidates) {
        List<Receipt> receipts =
                begun ? intake.takeRest(door, candidates) : intake.take(door, candidates);
        begun = true;
        return receipts;
    }

    /** Takes those again whose id another has, under ids of their own. */
    private void takeTwins(List<Receipt> receipts) {
        SortedMap<Integer, Candidate> twins = new TreeMap<>();
        for (int i = 0; i < receipts.size(); i++) {
            Optional<Candidate> twin = twin(piece.get(i), receipts.get(i));
            if (piece.get(i).isRecord()) {
                beside = twin.isPresent();
            }
            if (twin.isPresent()) {
                twins.put(i, twin.get());
            }
        }
        if (!twins.isEmpty()) {
            Iterator<Receipt> taken = take(List.copyOf(twins.values())).iterator();
            twins.keySet().forEach(place -> receipts.set(place, taken.next()));
        }
    }

    private Optional<Candidate> twin(Item item, Receipt receipt) {
        return receipt.outcome() == Outcome.CONFLICT && (item.isRecord() || beside)
                ? intake.stored(receipt.position()).flatMap(item.twin()::beside)
                : Optional.empty();
    }
}
