package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.ExportLine;
import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.projection.JsonRecord;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A bundle as NDJSON: a head, the events as an export has them, and the SHA-256 of all that comes
 * before as the last line. The same bundle gives the same bytes. The sum tells what was cut or
 * changed by chance; whoever changes a bundle on purpose can write another sum.
 */
public final class EvidenceText {
    private static final String FORMAT = "audit-correlator.evidence/1";
    private static final String SUM = "sha256";

    private EvidenceText() {}

    /** The text of a bundle. */
    public static byte[] write(EvidenceBundle bundle) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        line(text, JsonRecord.write(head(bundle)));
        bundle.events().forEach(event -> line(text, ExportLine.write(event)));
        ObjectNode end = JsonNodeFactory.instance.objectNode();
        end.put("events", bundle.events().size()).put(SUM, sum(text.toByteArray()));
        line(text, JsonRecord.write(end));
        return text.toByteArray();
    }

    private static ObjectNode head(EvidenceBundle bundle) {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        head.put("format", FORMAT).put("semantics", bundle.semantics()).put("log", bundle.log());
        head.set("settings", bundle.settings());
        head.set("verdict", bundle.verdict());
        bundle.leftOut().forEach(head.putArray("left_out")::add);
        return head;
    }

    private static void line(ByteArrayOutputStream text, byte[] json) {
        text.writeBytes(json);
        text.write('\n');
    }

    private static String sum(byte[] text) {
        MessageDigest digest = Digest.sha256();
        return Hex.text(digest.digest(text));
    }

    /**
     * Reads a bundle.
     *
     * @param place its name, such as a file
     * @throws InvalidRecordingException if it is none, or not whole
     */
    public static EvidenceBundle read(byte[] text, String place) {
        int end = lastLine(text);
        if (end < 0) {
            throw InvalidRecordingException.at(place, "is no evidence bundle, or is cut short");
        }
        JsonNode sum = json(Arrays.copyOfRange(text, end, text.length), place + ", last line");
        byte[] summed = Arrays.copyOf(text, end);
        if (!sum(summed).equals(sum.path(SUM).asText())) {
            throw InvalidRecordingException.at(
                    place,
                    "is not whole: it was cut or changed, as it does not have the sha256 of its"
                            + " last line");
        }
        return read(lines(summed), place);
    }

    private static int lastLine(byte[] text) {
        if (text.length == 0 || text[text.length - 1] != '\n') {
            return -1;
        }
        int at = text.length - 1;
        while (at > 0 && text[at - 1] != '\n') {
            at--;
        }
        return at == 0 ? -1 : at;
    }

    private static List<byte[]> lines(byte[] text) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                lines.add(Arrays.copyOfRange(text, from, i));
                from = i + 1;
            }
        }
        return lines;
    }

    private static EvidenceBundle read(List<byte[]> lines, String place) {
        JsonNode head = json(lines.getFirst(), place + ":1");
        if (!head.path("format").asText().equals(FORMAT)
                || !(head.path("verdict") instanceof ObjectNode verdict)
                || !(head.path("settings") instanceof ObjectNode settings)) {
            throw InvalidRecordingException.at(place + ":1", "is not the head of a " + FORMAT);
        }
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            events.add(ExportLine.read(lines.get(i), place + ":" + (i + 1)));
        }
        List<String> leftOut = new ArrayList<>();
        head.path("left_out").forEach(each -> leftOut.add(each.asText()));
        return new EvidenceBundle(
                verdict,
                settings,
                head.path("semantics").asInt(),
                head.path("log").asText(),
                events,
                leftOut);
    }

    private static JsonNode json(byte[] line, String place) {
        try {
            return JsonRecord.read(line);
        } catch (UncheckedIOException e) {
            String text = new String(line, 0, Math.min(line.length, 40), StandardCharsets.UTF_8);
            throw InvalidRecordingException.at(place, "is no JSON: " + text);
        }
    }
}
