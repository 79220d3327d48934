package io.tradingecosystem.audit.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.testing.HostileText;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whatever a field or an exception says, no line looks like one of another event. */
class PrintableLogProperties {
    private static final Pattern FIELDS =
            Pattern.compile("( \\w+=([^\" ][^ ]*|\"([^\"\\\\]|\\\\.)*\"))*");

    @Provide
    Arbitrary<String> texts() {
        return HostileText.arbitrary();
    }

    @Property(tries = 300)
    void shouldWriteALineOfFieldsForPeople(@ForAll("texts") String text) {
        String line = Logs.text().format(record(text));

        assertThat(line).endsWith("\n").matches(each -> !HostileText.isHostile(each));
        assertThat(line.lines()).hasSize(1);
        String fields = line.substring(line.indexOf(" x.y") + 4, line.length() - 1);
        assertThat(FIELDS.matcher(fields)).as(fields).matches(Matcher::matches);
        assertThat(fields.indexOf(" after=")).isPositive();
    }

    @Property(tries = 300)
    void shouldWriteTheSameObjectForMachines(@ForAll("texts") String text)
            throws JsonProcessingException {
        String line = Logs.json(Map.of()).format(record(text));

        assertThat(line).matches(each -> !HostileText.isHostile(each));
        assertThat(line.lines()).hasSize(1);
        assertThat(new ObjectMapper().readTree(line).path("field").asText()).isEqualTo(text);
    }

    @Property(tries = 200)
    void shouldIndentWhatAnExceptionSays(@ForAll("texts") String text) {
        LogRecord record = record("a");
        record.setThrown(new IllegalStateException(text));

        String lines = Logs.text().format(record);

        assertThat(lines.replace("\t", "")).matches(each -> !HostileText.isHostile(each));
        assertThat(lines.lines().skip(1)).allMatch(line -> line.startsWith("    "));
    }

    private static LogRecord record(String text) {
        LogRecord record = new LogRecord(Level.INFO, "x.y");
        record.setParameters(
                new Object[] {EventLogger.Fields.of("field", text, "after", "the field")});
        return record;
    }
}
