package io.tradingecosystem.audit.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of a command line, {@code --name VALUE}, {@code --name=VALUE} or {@code --flag}. */
final class Options {
    private final Map<String, String> values = new LinkedHashMap<>();

    private Options() {}

    /**
     * Parses a command line that has nothing but options.
     *
     * @param valued options that take a value
     * @param flags options that take none
     * @throws UsageException if there is anything else, or a value is missing
     */
    static Options parse(List<String> arguments, Set<String> valued, Set<String> flags) {
        Options options = new Options();
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

    private void put(String name, String value) {
        if (values.put(name, value) != null) {
            throw new UsageException(name + " is given twice");
        }
    }
}
