package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.PrintableText;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;

/**
 * Standard output or error, on which text is {@linkplain PrintableText#lines printable}, whoever
 * wrote what is quoted in it. Bytes pass as they are: exports, and the colours of a terminal.
 * Thread-safe as what it writes to.
 */
final class PrintableStream extends PrintStream {
    PrintableStream(PrintStream out) {
        super(out, true, out.charset());
    }

    /** What else prints text ends here: println, printf, append. */
    @Override
    public void print(@Nullable String text) {
        super.print(PrintableText.lines(String.valueOf(text)));
    }
}
