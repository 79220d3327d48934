package io.tradingecosystem.audit.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The options of a command line, {@code --name VALUE}, {@code --name=VALUE} or {@code --flag}. */
final class Options {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, List<String>> repeated = new LinkedHashMap<>();

    private Options() {}

    /**
     * Parses a command line that has nothing but options.
     *
     * @param valued options that take a value
     * @param flags options that take none
     * @throws UsageException if there is anything else, or a value is missing
     */
    static Options parse(List<String> arguments, Set<String> valued, Set<String> flags) {
        return parse(arguments, valued, flags, Set.of());
    }

    /**
     * The same.
     *
     * @param repeatable options that take a value and may be given again
     */
    static Options parse(
            List<String> arguments, Set<String> once, Set<String> flags, Set<String> repeatable) {
        Options options = new Options();
        repeatable.forEach(name -> options.repeated.put(name, new ArrayList<>()));
        Set<String> valued = new TreeSet<>(once);
        valued.addAll(repeatable);
        for (int i = 0; i < arguments.size(); i++) {
            String[] parts = arguments.get(i).split("=", 2);
            String name = parts[0];
            if (flags.contains(name) && parts.length == 1) {
                options.put(name, "");
            } else if (valued.contains(name) && parts.length == 2) {
                options.put(name, parts[1]);
            } else if (valued.contains(name) && i + 1 < arguments.size()) {
                options.put(name, arguments.get(++i));
            } else if (valued.contains(name)) {
                throw new UsageException(name + " needs a value");
            } else {
                throw new UsageException("unknown argument " + arguments.get(i) + "; see --help");
            }
        }
        return options;
    }

    boolean has(String flag) {
        return values.containsKey(flag);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** All values of an option that may be given again, in their order. */
    List<String> values(String name) {
        return List.copyOf(repeated.getOrDefault(name, List.of()));
    }

    private void put(String name, String value) {
        if (repeated.containsKey(name)) {
            repeated.get(name).add(value);
        } else if (values.put(name, value) != null) {
            throw new UsageException(name + " is given twice");
        }
    }
}
