package io.tradingecosystem.audit.common;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Gives bytes on as they come, with half a surrogate pair in three bytes in place of what is not
 * UTF-8. What begins as UTF-16 or UTF-32 does is given on as it is. For one thread.
 */
public final class Utf8Stream extends FilterInputStream {
    private static final int SIZE = 8 << 10;
    private static final int MAX_CHARACTER = 4;
    private static final byte[] BROKEN = {(byte) 0xed, (byte) 0xbf, (byte) 0xbf};

    private final byte[] buffer = new byte[SIZE];
    private int from;
    private int valid;
    private int to;
    private int marks;
    private boolean begun;
    private boolean foreign;
    private boolean end;

    /** The bytes of another stream. */
    public Utf8Stream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (marks == 0 && from == valid) {
            if (!advance()) {
                return -1;
            }
        }
        if (marks > 0) {
            target[offset] = BROKEN[BROKEN.length - marks--];
            return 1;
        }
        int count = Math.min(length, valid - from);
        System.arraycopy(buffer, from, target, offset, count);
        from += count;
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public int available() {
        return valid - from;
    }

    @Override
    public long skip(long count) throws IOException {
        return count <= 0 || read() < 0 ? 0 : 1;
    }

    /** Looks at more bytes; false at the end. */
    private boolean advance() throws IOException {
        int length = from < to ? Utf8.character(buffer, from, to) : 0;
        if (length < 0) {
            broken(-length);
        } else if (!end) {
            fill();
        } else if (from < to) {
            broken(to - from);
        } else {
            return false;
        }
        valid = foreign ? to : Utf8.valid(buffer, from, to);
        return true;
    }

    private void broken(int length) {
        from += length;
        marks = BROKEN.length;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        do {
            int count = in.read(buffer, to, SIZE - to);
            end = count < 0;
            to += Math.max(0, count);
        } while (!end && !begun && to < MAX_CHARACTER);
        foreign = begun ? foreign : isForeign();
        begun = true;
    }

    /** A JSON text in UTF-16 or UTF-32 has zeros in its first bytes, or a mark of their order. */
    private boolean isForeign() {
        for (int i = 0; i < Math.min(MAX_CHARACTER, to); i++) {
            if (buffer[i] == 0) {
                return true;
            }
        }
        return to >= 2 && (buffer[0] & 0xff) >= 0xfe && (buffer[1] & 0xff) >= 0xfe;
    }
}
