package io.tradingecosystem.audit.ingest.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradingecosystem.audit.event.Candidate;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The example of the room. */
class CloudEventsExampleTest {
    @Test
    void shouldReadABatch() throws IOException {
        String json =
                """
                [{"specversion": "1.0", "id": "1", "source": "exchange", "type": "order.placed",
                  "time": "2026-01-31T12:00:00Z", "data": {"order_id": "ORD-1"}},
                 {"specversion": "1.0", "id": "2", "source": "exchange"}]
                """;
        InputStream body = new ByteArrayInputStream(json.getBytes(UTF_8));

        // @start region="batch"
        List<Candidate> candidates = CloudEvents.batch(body);
        // @end

        assertThat(candidates).hasSize(2);
        assertThat(candidates.getFirst()).isInstanceOf(Candidate.Draft.class);
        assertThat(candidates.getLast()).isInstanceOf(Candidate.Unreadable.class);
    }
}
