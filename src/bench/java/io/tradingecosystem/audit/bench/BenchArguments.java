package io.tradingecosystem.audit.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark with several parts was asked for: names of parts, and sizes as {@code
 * name=number}. Immutable.
 *
 * @param modes the parts to run, in the order of the benchmark; all where none was named
 * @param sizes every size, by name
 */
record BenchArguments(List<String> modes, Map<String, Long> sizes) {

    /**
     * Reads a command line.
     *
     * @param modes the parts that there are
     * @param sizes the sizes that there are, with what they are by default
     * @throws IllegalArgumentException naming what is neither, and all that there is
     */
    static BenchArguments of(String[] arguments, List<String> modes, Map<String, Long> sizes) {
        Map<String, Long> given = new LinkedHashMap<>(sizes);
        List<String> named = modes.stream().filter(List.of(arguments)::contains).toList();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length == 2 && sizes.containsKey(parts[0])) {
                given.put(parts[0], Long.parseLong(parts[1].replace("_", "")));
            } else if (!modes.contains(argument)) {
                throw new IllegalArgumentException(
                        argument + " is neither one of " + modes + " nor a size of " + sizes);
            }
        }
        return new BenchArguments(named.isEmpty() ? modes : named, Map.copyOf(given));
    }

    /** A size. */
    int size(String name) {
        Long size = sizes.get(name);
        if (size == null) {
            throw new IllegalArgumentException("there is no size " + name);
        }
        return Math.toIntExact(size);
    }
}
