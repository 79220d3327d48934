package io.tradingecosystem.audit.importer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

class CsvRowsProperties {
    @Property
    void shouldReadWhatWasWritten(
            @ForAll @NotEmpty @Size(max = 10)
                    List<
                                    @NotEmpty @Size(max = 5) List<
                                            @Chars({'a', ',', '"', '\n', ' '}) @NotEmpty String>>
                            rows,
            @ForAll boolean crLf)
            throws IOException {
        String end = crLf ? "\r\n" : "\n";
        String text =
                rows.stream()
                        .map(row -> row.stream().map(CsvRowsProperties::quoted))
                        .map(row -> row.collect(Collectors.joining(",")))
                        .collect(Collectors.joining(end));

        assertThat(read(text)).isEqualTo(rows);
    }

    @Property
    void shouldReadAnyTextToItsEnd(
            @ForAll @Size(max = 40) List<@Chars({'a', ',', '"', '\r', '\n'}) Character> text)
            throws IOException {
        String table = text.stream().map(String::valueOf).collect(Collectors.joining());

        assertThat(read(table).size()).isLessThanOrEqualTo(table.length());
    }

    @Example
    void shouldNameTheLineOnWhichARecordBegins() throws IOException {
        CsvRows rows = rows("\uFEFFa,b\r\n\"1\r\n2\",x\r\n\r\n3,\"y");

        assertThat(rows.row()).containsExactly("a", "b");
        assertThat(rows.row()).containsExactly("1\n2", "x");
        assertThat(rows.start()).isEqualTo(2);
        assertThat(rows.row()).containsExactly("3", "y");
        assertThat(rows.start()).isEqualTo(5);
        assertThat(rows.problem()).isEqualTo("a field in quotes has no end");
        assertThat(rows.row()).isEmpty();
    }

    @Example
    void shouldGoOnBehindABadRecord() throws IOException {
        CsvRows rows = rows("\"a\"b,c\n" + "x".repeat(101) + ",y\n1,2\rlast,");

        assertThat(rows.row()).hasSize(2);
        assertThat(rows.problem()).isEqualTo("there is text behind the quotes of a field");
        assertThat(rows.row()).hasSize(2);
        assertThat(rows.problem()).isEqualTo("it is longer than 100 characters");
        assertThat(rows.row()).containsExactly("1", "2");
        assertThat(rows.problem()).isEmpty();
        assertThat(rows.row()).containsExactly("last", "");
    }

    private static String quoted(String field) {
        return "\"" + field.replace("\"", "\"\"") + "\"";
    }

    private static List<List<String>> read(String text) throws IOException {
        CsvRows rows = new CsvRows(new StringReader(text), ',', Integer.MAX_VALUE);
        List<List<String>> all = new ArrayList<>();
        for (List<String> row = rows.row(); !row.isEmpty(); row = rows.row()) {
            all.add(row);
        }
        return all;
    }

    private static CsvRows rows(String text) throws IOException {
        return new CsvRows(new StringReader(text), ',', 100);
    }

    @Example
    void shouldLeaveOutARecordOfNothingButSeparators() throws IOException {
        CsvRows rows = rows(",".repeat(1_000) + "\nnext");

        assertThat(rows.row()).hasSize(100);
        assertThat(rows.problem()).isEqualTo("it is longer than 100 characters");
        assertThat(rows.row()).containsExactly("next");
        assertThat(rows.problem()).isEmpty();
    }
}
