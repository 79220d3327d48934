package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.common.PrintableText;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Lines as people may be shown them; a line is in memory until it ends. For one thread. */
final class PrintableLines extends FilterWriter {
    private final StringBuilder line = new StringBuilder();

    PrintableLines(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        line.append((char) c);
        if (c == '\n') {
            flushLine();
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(text[i]);
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(text.charAt(i));
        }
    }

    private void flushLine() throws IOException {
        out.write(PrintableText.lines(line.toString()));
        line.setLength(0);
    }

    /** What is no whole line yet waits for its end. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
