package io.tradingecosystem.audit.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The setting {@code parameters}: values for what definitions name as parameters, instead of those
 * that stand in their files, as {@code deadline=20s, shop=shop-2}; none by default.
 */
final class GivenParameters {
    private static final String NAME = "parameters";

    private GivenParameters() {}

    /** The values by name, in order. */
    static Map<String, String> read(Section section) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String each : section.texts(NAME, List.of())) {
            String[] sides = each.split("=", 2);
            if (sides.length != 2 || sides[0].isBlank()) {
                section.problem(NAME, each, "names with a value, such as deadline=20s");
            } else if (values.put(sides[0].strip(), sides[1].strip()) != null) {
                section.problem(NAME, each, "each name once");
            }
        }
        return values;
    }
}
