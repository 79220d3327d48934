package io.tradingecosystem.audit.registry;

import java.util.List;

/**
 * A key that may hold a record, in its parts.
 *
 * @param text the whole key
 * @param parts what stands between the colons
 */
record RegistryKey(String text, List<String> parts) {
    /** Finds every key of the layouts A to G in one pass over the keys, and some others. */
    static final String SCAN_PATTERN = "*service*:*";

    private static final int MAX_LENGTH = 512;

    static RegistryKey of(String key) {
        return new RegistryKey(key, List.of(key.split(":", -1)));
    }

    String part(int index) {
        return parts.get(index);
    }

    int size() {
        return parts.size();
    }

    /** {@code registry:services:{name}}: B, D. */
    boolean inRegistryNamespace() {
        return size() == 3 && part(0).equals("registry") && part(1).equals("services");
    }

    /** {@code services:…}: A, C, E, F. */
    boolean inServices() {
        return size() >= 2 && size() <= 4 && part(0).equals("services");
    }

    /** {@code {namespace}:service:{id}}: G. */
    boolean inOtherNamespace() {
        return size() >= 3 && size() <= 4 && part(size() - 2).equals("service") && !inServices();
    }

    /** True if a key is one of those of the layouts. */
    static boolean mayHoldRecord(String key) {
        return key.length() <= MAX_LENGTH && of(key).mayHoldRecord();
    }

    boolean mayHoldRecord() {
        return !parts.contains("") && (inRegistryNamespace() || inServices() || inOtherNamespace());
    }

    /** True if the writers of such a key write hashes; a guess that saves a round trip. */
    boolean likelyHash() {
        return inRegistryNamespace() || (inServices() && size() == 2);
    }

    /** The key with its names left out, of which there are few. */
    String family() {
        if (inRegistryNamespace()) {
            return "registry:services:*";
        }
        if (part(0).equals("service_index")) {
            return "service_index:*";
        }
        return inServices() ? "services:*" : "*:service:*";
    }
}
