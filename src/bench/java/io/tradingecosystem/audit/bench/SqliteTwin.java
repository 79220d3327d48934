package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.event.json.EventJsonWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The same events and indexes in SQLite, write-ahead log, every commit synced, 4,096 to the commit.
 */
final class SqliteTwin {
    private static final int COMMIT = 4_096;
    private static final List<String> COLUMNS =
            List.of("service", "type", "trace_id", "correlation_id", "order_id", "symbol");

    private SqliteTwin() {}

    static void run(Path directory, long events) throws SQLException, IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("events.db");
        double seconds = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            create(connection);
            connection.setAutoCommit(false);
            for (long from = 0; from < events; from += COMMIT) {
                List<AuditEvent> batch = MarketDay.batch(from, COMMIT);
                long started = System.nanoTime();
                insert(connection, batch);
                connection.commit();
                seconds += (System.nanoTime() - started) / 1e9;
            }
        }
        long count = (events + COMMIT - 1) / COMMIT * COMMIT;
        System.out.printf(
                "SQLite       %,9.0f events/s of %,d, %.0f bytes/event on disk%n",
                count / seconds, count, (double) Files.size(file) / count);
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute(
                    "CREATE TABLE events (position INTEGER PRIMARY KEY, id TEXT UNIQUE,"
                            + " occurred_at INTEGER, service TEXT, type TEXT, trace_id TEXT,"
                            + " correlation_id TEXT, order_id TEXT, symbol TEXT, event TEXT)");
            statement.execute("CREATE INDEX by_time ON events (occurred_at)");
            statement.execute("CREATE INDEX by_both ON events (service, type, occurred_at)");
            for (String column : COLUMNS) {
                statement.execute(
                        "CREATE INDEX by_" + column + " ON events (" + column + ", occurred_at)");
            }
        }
    }

    private static void insert(Connection connection, List<AuditEvent> batch) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT OR IGNORE INTO events (id, occurred_at, service, type, trace_id,"
                                + " correlation_id, order_id, symbol, event)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (AuditEvent event : batch) {
                insert.setString(1, event.id());
                insert.setLong(2, Times.toEpochNanos(event.occurredAt()));
                insert.setString(3, event.service());
                insert.setString(4, event.type());
                insert.setString(5, event.traceId());
                insert.setString(6, event.correlationId());
                insert.setString(7, text(event, "order_id"));
                insert.setString(8, text(event, "symbol"));
                insert.setBytes(9, EventJsonWriter.bytes(event));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String text(AuditEvent event, String attribute) {
        AttributeValue value = event.attributes().get(attribute);
        return value == null ? "" : value.asText();
    }
}
