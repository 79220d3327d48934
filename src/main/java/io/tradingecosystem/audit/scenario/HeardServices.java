package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.sources.HeardService;
import io.tradingecosystem.audit.scenario.sources.HeardTotals;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The services that were heard, whatever is expected of them. Past {@link #MAX} the one that was
 * heard longest ago is forgotten; one that is heard again then begins anew. What is known follows
 * from the log alone. For the one thread that judges.
 */
final class HeardServices {
    /** So many are kept. */
    static final int MAX = 1_000;

    private final VerdictStoreWriter writer;
    private final int max;

    /** The one that was heard longest ago comes first. */
    private final Map<String, HeardService> services = new LinkedHashMap<>();

    private final Set<String> changed = new HashSet<>();
    private HeardTotals totals;

    /** The services as they were with the last commit. */
    HeardServices(VerdictStoreWriter writer) {
        this(writer, MAX);
    }

    /** The same, of which so many are kept. */
    HeardServices(VerdictStoreWriter writer, int max) {
        this.writer = writer;
        this.max = max;
        this.totals =
                writer.get(VerdictKeys.heardTotals())
                        .map(HeardTotals::fromJson)
                        .orElse(HeardTotals.NONE);
        List<HeardService> stored = new ArrayList<>();
        writer.scan(
                VerdictKeys.HEARD,
                (key, value) -> stored.add(HeardService.fromJson(JsonRecord.read(value))));
        stored.stream()
                .sorted(Comparator.comparingLong(HeardService::position))
                .forEach(each -> services.put(each.service(), each));
    }

    /** Takes in an event that nobody pretends to be the correlator's own. */
    void hear(AuditEvent event) {
        if (!OwnWords.TYPES.contains(event.type())) {
            service(event).hear(event);
        } else if (event.type().equals(VerdictEvents.GAP)) {
            VerdictEvents.gap(event).ifPresent(loss -> lose(event, loss));
        }
    }

    private void lose(AuditEvent event, Gap loss) {
        service(event).lose(loss, event.position());
    }

    private HeardService service(AuditEvent event) {
        if (totals.since().isEmpty()) {
            totals = new HeardTotals(Optional.of(event.recordedAt()), totals.forgotten());
        }
        changed.add(event.service());
        HeardService known = services.remove(event.service());
        HeardService heard = known == null ? new HeardService(event.service()) : known;
        services.put(event.service(), heard);
        trim();
        return heard;
    }

    private void trim() {
        while (services.size() > max) {
            Iterator<String> oldest = services.keySet().iterator();
            changed.add(oldest.next());
            oldest.remove();
            totals = new HeardTotals(totals.since(), totals.forgotten() + 1);
        }
    }

    /** Writes what is to be committed. */
    void flush() {
        if (!changed.isEmpty()) {
            writer.put(VerdictKeys.heardTotals(), totals.toJson());
        }
        changed.forEach(this::write);
        changed.clear();
    }

    private void write(String service) {
        HeardService heard = services.get(service);
        if (heard == null) {
            writer.delete(VerdictKeys.heard(service));
        } else {
            writer.put(VerdictKeys.heard(service), heard.toJson());
        }
    }
}
