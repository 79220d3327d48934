package io.tradingecosystem.audit.api.comparisons;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.comparison.Comparison;
import io.tradingecosystem.audit.comparison.Difference;
import io.tradingecosystem.audit.comparison.Run;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A comparison as JUnit XML, as CI pipelines read it: a case for each way to be different, which
 * fails if the run is; one for the ranking, which fails if a service is most likely at fault; an
 * error where a run still goes on, and a failure for what a bound left out, as that may hide
 * anything.
 */
final class ComparisonJUnit {
    private ComparisonJUnit() {}

    private record Case(String name, String element, List<String> lines) {
        boolean is(String other) {
            return !lines.isEmpty() && element.equals(other);
        }
    }

    static String write(Comparison comparison) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            suite(xml, "comparison of " + comparison.run().id(), cases(comparison));
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string writer does not fail", e);
        }
        return text + "\n";
    }

    private static List<Case> cases(Comparison comparison) {
        List<Case> cases = new ArrayList<>();
        for (Difference.Kind kind : Difference.Kind.values()) {
            cases.add(
                    new Case(
                            "nothing is " + ComparisonJson.word(kind),
                            "failure",
                            comparison.differences().stream()
                                    .filter(each -> each.kind() == kind)
                                    .map(ComparisonWords::of)
                                    .toList()));
        }
        cases.add(
                new Case(
                        "no hop came or went",
                        "failure",
                        comparison.hopChanges().stream().map(ComparisonWords::of).toList()));
        cases.add(
                new Case(
                        "no service is at fault",
                        "failure",
                        comparison.ranking().mostLikely().stream()
                                .map(each -> ComparisonWords.of(comparison.ranking()))
                                .toList()));
        cases.add(new Case("all runs are over", "error", open(comparison)));
        cases.add(new Case("nothing is left out", "failure", leftOut(comparison)));
        return cases;
    }

    private static List<String> open(Comparison comparison) {
        return runs(comparison).stream()
                .filter(run -> !run.complete())
                .map(ComparisonWords::of)
                .toList();
    }

    private static List<Run> runs(Comparison comparison) {
        List<Run> runs = new ArrayList<>(List.of(comparison.run()));
        runs.addAll(comparison.baselines());
        return runs;
    }

    private static List<String> leftOut(Comparison comparison) {
        List<String> leftOut = new ArrayList<>();
        for (Run run : runs(comparison)) {
            run.incomplete().forEach(each -> leftOut.add(run.id() + ": " + each.explanation()));
        }
        comparison.incomplete().stream().map(Omission::explanation).forEach(leftOut::add);
        return leftOut;
    }

    private static void suite(XMLStreamWriter xml, String name, List<Case> cases)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", PrintableText.line(name));
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", count(cases, "failure"));
        xml.writeAttribute("errors", count(cases, "error"));
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("time", "0");
        for (Case each : cases) {
            testCase(xml, each);
        }
        xml.writeEndElement();
    }

    private static String count(List<Case> cases, String element) {
        return Long.toString(cases.stream().filter(each -> each.is(element)).count());
    }

    private static void testCase(XMLStreamWriter xml, Case each) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", each.name());
        xml.writeAttribute("classname", "comparison");
        xml.writeAttribute("time", "0");
        if (!each.lines().isEmpty()) {
            xml.writeStartElement(each.element());
            xml.writeAttribute("message", PrintableText.line(each.lines().getFirst()));
            xml.writeAttribute("type", "DIFFERENT");
            xml.writeCharacters(
                    String.join("\n", each.lines().stream().map(PrintableText::line).toList()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
