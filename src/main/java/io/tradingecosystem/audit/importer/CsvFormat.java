package io.tradingecosystem.audit.importer;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.common.UnicodeText;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.event.json.EventJsonReader;
import io.tradingecosystem.audit.ingest.DerivedId;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table with a header (RFC 4180), an event in each row: columns are fields of an event by their
 * names or by a map, others are attributes, and an empty field is none. A row without an id has one
 * of its place and content, so that the same file again brings the same events.
 */
final class CsvFormat implements RecordedFormat {
    /** The longest record that is read, in characters. */
    static final int MAX_ROW_SIZE = 1 << 20;

    private static final String TIME = "occurred_at";
    private static final Set<String> TIMES =
            Set.of(TIME, "occurredAt", "timestamp", "event_time", "time");

    private final ColumnMap map;

    CsvFormat(ColumnMap map) {
        this.map = map;
    }

    @Override
    public void read(InputStream in, Items items) throws IOException {
        try (BufferedReader text = new BufferedReader(UnicodeText.reader(in))) {
            CsvRows rows = new CsvRows(text, map.separator(), MAX_ROW_SIZE);
            List<String> header = header(rows);
            long number = 0;
            for (List<String> row = rows.row(); !row.isEmpty(); row = rows.row()) {
                number++;
                items.item("line " + rows.start(), event(header, row, rows.problem(), number));
            }
        }
    }

    private List<String> header(CsvRows rows) throws IOException {
        List<String> header = rows.row().stream().map(name -> map.name(name.strip())).toList();
        Set<String> names = new HashSet<>();
        for (String name : header) {
            if (!name.isEmpty() && !names.add(name)) {
                throw new UnreadableFormatException("two columns are called " + name);
            }
        }
        if (names.isEmpty() || !rows.problem().isEmpty()) {
            throw new UnreadableFormatException(
                    "the first line is to be the names of the columns " + rows.problem());
        }
        return header;
    }

    private Candidate event(List<String> header, List<String> row, String problem, long number) {
        if (!problem.isEmpty()) {
            return JsonFormat.malformed(problem);
        }
        if (row.size() != header.size()) {
            return JsonFormat.malformed(
                    "it has %d fields, and the header %d".formatted(row.size(), header.size()));
        }
        Map<String, String> fields = new LinkedHashMap<>(map.values());
        for (int i = 0; i < row.size(); i++) {
            if (!row.get(i).isEmpty() && !header.get(i).isEmpty()) {
                fields.put(header.get(i), value(header.get(i), row.get(i)));
            }
        }
        fields.putIfAbsent("id", DerivedId.of(number + "", String.join("\0", row)));
        byte[] json = Json.bytes(fields);
        return new EventJsonReader().read(json, 0, json.length);
    }

    private String value(String name, String text) {
        return TIMES.contains(name) ? time(text).orElse(text) : text;
    }

    /** Digits, with a fraction or not, as nanoseconds. */
    private Optional<String> time(String text) {
        return text.matches("\\d{1,19}(\\.\\d{1,9})?")
                ? Optional.of(
                        new BigDecimal(text)
                                .multiply(BigDecimal.valueOf(map.timeUnit()))
                                .toBigInteger()
                                .toString())
                : Optional.empty();
    }
}
