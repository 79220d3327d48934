package io.tradingecosystem.audit.importer;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the records of a table (RFC 4180): fields in quotes may have separators, line ends and
 * doubled quotes in them; a line ends with CR LF, LF or CR. A record over the limit is read to its
 * end and not kept. Not thread-safe.
 */
final class CsvRows {
    private static final int NONE = -2;

    private final PushbackReader in;
    private final char separator;
    private final int max;
    private int ahead = NONE;
    private long line = 1;
    private long start = 1;
    private String problem = "";
    private int size;

    /**
     * @param max of a record, in characters
     */
    CsvRows(Reader in, char separator, int max) throws IOException {
        this.in = new PushbackReader(in);
        this.separator = separator;
        this.max = max;
        int first = next();
        if (first != '\uFEFF') {
            ahead = first;
        }
    }

    /** The next record that is not an empty line; none at the end. */
    List<String> row() throws IOException {
        while (true) {
            start = line;
            problem = "";
            size = 0;
            int first = next();
            if (first < 0) {
                return List.of();
            }
            if (!isLineEnd(first)) {
                ahead = first;
                return fields();
            }
        }
    }

    /** The line on which the record begins, from 1. */
    long start() {
        return start;
    }

    /** What is wrong with the record; empty if nothing. */
    String problem() {
        return problem;
    }

    private List<String> fields() throws IOException {
        List<String> fields = new ArrayList<>();
        while (true) {
            StringBuilder field = new StringBuilder();
            int end = field(field);
            if (fields.size() < max) {
                fields.add(field.toString());
            } else {
                problem = tooLong();
            }
            if (end != separator) {
                return fields;
            }
        }
    }

    /** Reads a field; gives what ends it: the separator, a line's end, or the file's. */
    private int field(StringBuilder field) throws IOException {
        int first = next();
        if (first == '"') {
            return quoted(field);
        }
        int c = first;
        while (c >= 0 && c != separator && !isLineEnd(c)) {
            add(field, c);
            c = next();
        }
        return c;
    }

    private int quoted(StringBuilder field) throws IOException {
        while (true) {
            int c = next();
            if (c < 0) {
                problem = "a field in quotes has no end";
                return c;
            }
            if (c != '"') {
                add(field, c);
            } else {
                int behind = next();
                if (behind != '"') {
                    return behindQuote(behind);
                }
                add(field, '"');
            }
        }
    }

    private int behindQuote(int behind) throws IOException {
        int c = behind;
        while (c >= 0 && c != separator && !isLineEnd(c)) {
            problem = "there is text behind the quotes of a field";
            c = next();
        }
        return c;
    }

    private void add(StringBuilder field, int c) {
        if (++size <= max) {
            field.append((char) c);
        } else {
            problem = tooLong();
        }
    }

    private String tooLong() {
        return "it is longer than " + max + " characters";
    }

    private int next() throws IOException {
        int c = ahead == NONE ? read() : ahead;
        ahead = NONE;
        return c;
    }

    /** A line's end is one line feed, whatever it is in the file. */
    private int read() throws IOException {
        int c = in.read();
        if (c == '\r') {
            int behind = in.read();
            if (behind >= 0 && behind != '\n') {
                in.unread(behind);
            }
            c = '\n';
        }
        line += c == '\n' ? 1 : 0;
        return c;
    }

    private static boolean isLineEnd(int c) {
        return c == '\n';
    }
}
