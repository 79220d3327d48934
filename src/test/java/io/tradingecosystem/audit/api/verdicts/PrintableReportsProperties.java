package io.tradingecosystem.audit.api.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.api.verdicts.Reports.Form;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.testing.HostileText;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;

/** Whatever ids, names and reasons hold, a report is printable, and parsers read it. */
class PrintableReportsProperties {
    @Provide
    Arbitrary<String> texts() {
        return HostileText.arbitrary();
    }

    @Property(tries = 200)
    void shouldReportForPeople(@ForAll("texts") String text, @ForAll Status status) {
        String report = Reports.write(outcome(text, status), List.of(), Form.TEXT);

        assertThat(report).matches(each -> !HostileText.isHostile(each));
        assertThat(report.lines())
                .hasSize(status == Status.PENDING ? 5 : 6)
                .noneMatch(line -> line.startsWith("2026-01-31T12:00:00.000Z"));
    }

    @Property(tries = 200)
    void shouldReportAsXml(@ForAll("texts") String text, @ForAll Status status) throws Exception {
        String report = Reports.write(outcome(text, status), List.of(), Form.JUNIT);

        assertThat(report).matches(each -> !HostileText.isHostile(each));
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(report)));
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    }

    @Property(tries = 200)
    void shouldReportTheSameAsJson(@ForAll("texts") String text, @ForAll Status status)
            throws Exception {
        String report = Reports.write(outcome(text, status), List.of(), Form.JSON);

        assertThat(report).matches(each -> !HostileText.isHostile(each));
        assertThat(new ObjectMapper().readTree(report).at("/verdicts/0/trigger_id").asText())
                .isEqualTo(text);
    }

    private static Outcome outcome(String text, Status status) {
        Verdict verdict =
                new Verdict(
                        text,
                        1,
                        text,
                        text,
                        text,
                        true,
                        text,
                        text,
                        Instant.EPOCH,
                        status,
                        true,
                        Duration.ZERO,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        text,
                        List.of());
        return new Outcome(
                Map.of(status, 1L),
                List.of(verdict),
                List.of(text),
                List.of(),
                Set.of(text),
                List.of());
    }
}
