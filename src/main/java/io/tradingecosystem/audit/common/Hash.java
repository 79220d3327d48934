package io.tradingecosystem.audit.common;

/**
 * A 64-bit hash of texts and numbers: FNV-1a, for texts over their UTF-16 units and lengths, then
 * the finalizer of MurmurHash3. Two different keys out of a million agree with a chance of 3 in
 * 10⁸.
 */
public final class Hash {
    public static final long SEED = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private Hash() {}

    public static long add(long hash, String text) {
        long sum = (hash ^ text.length()) * PRIME;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * PRIME;
        }
        return mixed(sum);
    }

    public static long add(long hash, long number) {
        return mixed((hash ^ number) * PRIME);
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
