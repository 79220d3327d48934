package io.tradingecosystem.audit.pipeline;

import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.pipeline.RunResult.Part;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What became of a run as JUnit XML (the schema of Maven Surefire's reports): a case for each
 * expectation that had to pass. FAILED is a failure; what has not passed otherwise is an error, so
 * that a report is green only where the exit code is 0.
 */
public final class RunJUnit {
    private RunJUnit() {}

    private record Case(String name, String element, String type, String message, String text) {}

    /** Writes the report. */
    public static String write(RunResult result) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            suite(xml, result, cases(result));
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string writer does not fail", e);
        }
        return text + "\n";
    }

    private static List<Case> cases(RunResult result) {
        List<Case> cases = new ArrayList<>(result.parts().stream().map(RunJUnit::of).toList());
        if (!result.hasPassed() && result.parts().stream().allMatch(Part::hasPassed)) {
            cases.add(new Case("the run", "error", result.status(), result.summary(), ""));
        }
        return cases;
    }

    private static Case of(Part part) {
        if (part.hasPassed()) {
            return new Case(part.name(), "", part.status(), "", "");
        }
        String element = part.status().equals("FAILED") ? "failure" : "error";
        String verdicts =
                part.verdicts().stream()
                        .map(verdict -> PrintableText.line(Reports.verdict(verdict)))
                        .collect(Collectors.joining("\n"));
        return new Case(part.name(), element, part.status(), part.reason(), verdicts);
    }

    private static void suite(XMLStreamWriter xml, RunResult result, List<Case> cases)
            throws XMLStreamException {
        String run = result.run();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", PrintableText.line(run));
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", count(cases, "failure"));
        xml.writeAttribute("errors", count(cases, "error"));
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("time", "0");
        properties(
                xml,
                Stream.of(result.evidence(), result.leftOut())
                        .filter(told -> !told.isEmpty())
                        .toList());
        for (Case each : cases) {
            testCase(xml, run, each);
        }
        xml.writeEndElement();
    }

    /** Each is a name and a value with a colon between. */
    private static void properties(XMLStreamWriter xml, List<String> told)
            throws XMLStreamException {
        if (told.isEmpty()) {
            return;
        }
        xml.writeStartElement("properties");
        for (String each : told) {
            int colon = each.indexOf(": ");
            xml.writeEmptyElement("property");
            xml.writeAttribute("name", each.substring(0, colon));
            xml.writeAttribute("value", PrintableText.line(each.substring(colon + 2)));
        }
        xml.writeEndElement();
    }

    private static String count(List<Case> cases, String element) {
        return Long.toString(cases.stream().filter(c -> c.element().equals(element)).count());
    }

    private static void testCase(XMLStreamWriter xml, String run, Case each)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", PrintableText.line(each.name()));
        xml.writeAttribute("classname", PrintableText.line(run));
        xml.writeAttribute("time", "0");
        if (!each.element().isEmpty()) {
            xml.writeStartElement(each.element());
            xml.writeAttribute("message", PrintableText.line(each.message()));
            xml.writeAttribute("type", each.type());
            xml.writeCharacters(each.text());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
