package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.Completeness;
import io.tradingecosystem.audit.scenario.verdicts.ShownVerdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Verdicts as JUnit XML, in the form that Jenkins, GitLab and GitHub actions read (the schema of
 * Maven Surefire's reports): a suite per expectation, a test case per occurrence. FAILED is a
 * failure, INCONCLUSIVE an error, PENDING skipped, and so is an expectation that was never
 * exercised. Where nothing was judged, or a recording contradicts itself, an error says so; where
 * verdicts are counted that are not shown, a failure does, as they may hide anything. A property of
 * each suite tells how many verdicts were judged on complete evidence.
 */
final class JUnitReport {
    private JUnitReport() {}

    /** Writes it, and reads verdicts that are not held one by one. */
    static void write(Report report, Writer out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            for (var suite : suites(report).entrySet()) {
                suite(xml, suite.getKey(), suite.getValue());
            }
            remarks(xml, report.outcome());
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException("an XML report cannot be written", e);
        }
        out.write("\n");
    }

    private static Map<String, List<ShownVerdict>> suites(Report report) {
        return report.verdicts().stream()
                .collect(
                        Collectors.groupingBy(
                                ShownVerdict::expectation, TreeMap::new, Collectors.toList()));
    }

    private static void remarks(XMLStreamWriter xml, Outcome outcome) throws XMLStreamException {
        for (String name : outcome.unexercised()) {
            unexercised(xml, name);
        }
        for (Omission omission : outcome.incomplete()) {
            notShown(xml, omission);
        }
        if (outcome.total() == 0) {
            error(xml, "no trigger occurred, so nothing was judged");
        }
        if (!outcome.conflicts().isEmpty()) {
            error(xml, Reports.CONFLICT + String.join(", ", outcome.conflicts()));
        }
    }

    private static void suite(XMLStreamWriter xml, String name, List<ShownVerdict> verdicts)
            throws XMLStreamException {
        Duration time =
                verdicts.stream().map(ShownVerdict::time).reduce(Duration.ZERO, Duration::plus);
        start(xml, name, verdicts.size(), time);
        xml.writeAttribute("failures", count(verdicts, Status.FAILED));
        xml.writeAttribute("errors", count(verdicts, Status.INCONCLUSIVE));
        xml.writeAttribute("skipped", count(verdicts, Status.PENDING));
        evidence(xml, Report.evidence(verdicts));
        for (ShownVerdict verdict : verdicts) {
            testCase(xml, verdict.read().get(), verdict.time());
        }
        xml.writeEndElement();
    }

    private static void evidence(XMLStreamWriter xml, Completeness evidence)
            throws XMLStreamException {
        xml.writeStartElement("properties");
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", "judged on complete evidence");
        xml.writeAttribute("value", evidence.complete() + " of " + evidence.judged());
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String name, int tests, Duration time)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", PrintableText.line(name));
        xml.writeAttribute("tests", Integer.toString(tests));
        xml.writeAttribute("time", seconds(time));
    }

    private static void testCase(XMLStreamWriter xml, Verdict verdict, Duration time)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        String run = verdict.scenarioId().isEmpty() ? "" : verdict.scenarioId() + " ";
        xml.writeAttribute("name", PrintableText.line(run + "trigger " + verdict.triggerId()));
        xml.writeAttribute(
                "classname", PrintableText.line(verdict.scenario() + "." + verdict.expectation()));
        xml.writeAttribute("time", seconds(time));
        String reported =
                verdict.findings().stream()
                        .map(JUnitReport::line)
                        .collect(Collectors.joining("\n"));
        switch (verdict.status()) {
            case PASSED -> {}
            case FAILED -> outcome(xml, "failure", verdict, reported);
            case INCONCLUSIVE -> outcome(xml, "error", verdict, reported);
            case PENDING -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", PrintableText.line(verdict.reason()));
            }
        }
        xml.writeStartElement("system-out");
        xml.writeCharacters(reported);
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void outcome(
            XMLStreamWriter xml, String element, Verdict verdict, String reported)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", PrintableText.line(verdict.reason()));
        xml.writeAttribute("type", verdict.status().name());
        xml.writeCharacters(reported);
        xml.writeEndElement();
    }

    private static void unexercised(XMLStreamWriter xml, String name) throws XMLStreamException {
        start(xml, name, 1, Duration.ZERO);
        xml.writeAttribute("failures", "0");
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "1");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", "never exercised");
        xml.writeAttribute("classname", PrintableText.line(name));
        xml.writeAttribute("time", "0");
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", "its trigger did not occur");
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void error(XMLStreamWriter xml, String message) throws XMLStreamException {
        start(xml, "recording", 1, Duration.ZERO);
        xml.writeAttribute("failures", "0");
        xml.writeAttribute("errors", "1");
        xml.writeAttribute("skipped", "0");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", "is conclusive");
        xml.writeAttribute("classname", "recording");
        xml.writeAttribute("time", "0");
        xml.writeEmptyElement("error");
        xml.writeAttribute("message", PrintableText.line(message));
        xml.writeAttribute("type", Status.INCONCLUSIVE.name());
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void notShown(XMLStreamWriter xml, Omission omission) throws XMLStreamException {
        start(xml, "report", 1, Duration.ZERO);
        xml.writeAttribute("failures", "1");
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", omission.leftOut().orElse(0) + " not shown");
        xml.writeAttribute("classname", "report");
        xml.writeAttribute("time", "0");
        xml.writeEmptyElement("failure");
        xml.writeAttribute("message", PrintableText.line(omission.explanation()));
        xml.writeAttribute("type", omission.bound().name());
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String line(Finding finding) {
        return PrintableText.line(finding.state() + " " + finding.name() + " " + finding.reason());
    }

    private static String count(List<ShownVerdict> verdicts, Status status) {
        return Long.toString(verdicts.stream().filter(v -> v.status() == status).count());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
