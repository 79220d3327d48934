package io.tradingecosystem.audit.importer;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradingecosystem.audit.event.Candidate;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The example of the room. */
class ImporterExampleTest {
    @Test
    void shouldReadATable() throws IOException {
        String rows =
                """
                occurred_at,service,type
                2026-01-31T12:00:00Z,exchange,order.placed
                2026-01-31T12:00:01Z,exchange
                """;
        InputStream table = new ByteArrayInputStream(rows.getBytes(UTF_8));

        // @start region="table"
        Map<String, Candidate> read = new LinkedHashMap<>();
        RecordedFormats.of("csv", ColumnMap.NONE).orElseThrow().read(table, read::put);
        // @end

        assertThat(read).containsOnlyKeys("line 2", "line 3");
        assertThat(read.get("line 2")).isInstanceOf(Candidate.Draft.class);
        assertThat(read.get("line 3")).isInstanceOf(Candidate.Unreadable.class);
    }
}
