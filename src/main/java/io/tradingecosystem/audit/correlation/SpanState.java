package io.tradingecosystem.audit.correlation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The events of one span that came lately, and those that it caused. The first event of a span, by
 * occurred_at, stands for it. For one thread.
 */
final class SpanState {
    private static final Comparator<SpanEvent> ORDER =
            Comparator.comparing((SpanEvent each) -> each.event().asCause(), Dossier.Cause.ORDER);

    private final SpanKey key;
    private final Consumer<SpanState> whenEmpty;
    private final NavigableSet<SpanEvent> events = new TreeSet<>(ORDER);
    private final List<SpanHeir> heirs = new ArrayList<>(1);

    SpanState(SpanKey key, Consumer<SpanState> whenEmpty) {
        this.key = key;
        this.whenEmpty = whenEmpty;
    }

    SpanKey key() {
        return key;
    }

    int size() {
        return events.size();
    }

    Optional<Remembered> first() {
        return events.isEmpty() ? Optional.empty() : Optional.of(events.first().event());
    }

    List<SpanHeir> heirs() {
        return heirs;
    }

    void add(SpanEvent event) {
        events.add(event);
    }

    void add(SpanHeir heir) {
        heirs.add(heir);
    }

    void remove(SpanEvent event) {
        events.remove(event);
        checkEmpty();
    }

    void remove(SpanHeir heir) {
        heirs.remove(heir);
        checkEmpty();
    }

    private void checkEmpty() {
        if (events.isEmpty() && heirs.isEmpty()) {
            whenEmpty.accept(this);
        }
    }
}
