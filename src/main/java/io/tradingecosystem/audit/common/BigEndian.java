package io.tradingecosystem.audit.common;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in arrays of bytes, the highest byte first, so that the unsigned comparison of bytes is
 * the comparison of numbers from 0.
 */
public final class BigEndian {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    /** A number in 8 bytes of its own. */
    public static byte[] of(long value) {
        byte[] bytes = new byte[Long.BYTES];
        setLong(bytes, 0, value);
        return bytes;
    }

    public static long longAt(byte[] array, int at) {
        return (long) LONG.get(array, at);
    }

    public static int intAt(byte[] array, int at) {
        return (int) INT.get(array, at);
    }

    public static void setLong(byte[] array, int at, long value) {
        LONG.set(array, at, value);
    }

    public static void setInt(byte[] array, int at, int value) {
        INT.set(array, at, value);
    }
}
