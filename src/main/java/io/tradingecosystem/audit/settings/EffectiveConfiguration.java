package io.tradingecosystem.audit.settings;

import io.tradingecosystem.audit.common.PrintableText;

import java.util.List;

/**
 * The value of every known key and where it came from, passwords in addresses masked.
 *
 * @param entries in the order in which the settings are read
 */
public record EffectiveConfiguration(List<Entry> entries) {
    public EffectiveConfiguration {
        entries = List.copyOf(entries);
    }

    /** One line per key: {@code key: value # origin}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry.key())
                    .append(": ")
                    .append(PrintableText.line(entry.value()))
                    .append("  # ")
                    .append(PrintableText.line(entry.origin()))
                    .append('\n');
        }
        return text.toString();
    }

    /** One key with its value and origin. */
    public record Entry(String key, String value, String origin) {}
}
