package io.tradingecosystem.audit.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** The projections of the log, one object per name. Thread-safe. */
final class DurableProjections implements Projections {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,63}");

    private final Database database;
    private final ConcurrentMap<String, Projection> projections = new ConcurrentHashMap<>();

    DurableProjections(Database database) {
        this.database = database;
    }

    @Override
    public Projection projection(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "projection \"" + name + "\": a name has lower-case letters and dashes");
        }
        return projections.computeIfAbsent(name, n -> new DurableProjection(database, n));
    }
}
