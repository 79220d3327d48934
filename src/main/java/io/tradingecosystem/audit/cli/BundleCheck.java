package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.scenario.EvidenceBundle;
import io.tradingecosystem.audit.scenario.EvidenceJudge;
import io.tradingecosystem.audit.scenario.EvidenceText;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Judges the verdict of an evidence bundle again, and says whether it is the same. */
final class BundleCheck {
    private static final int FAILED = 1;
    private static final int INCONCLUSIVE = 3;
    private static final int DIFFERENT = 4;
    private static final long MAX_BYTES = 256L << 20;

    private BundleCheck() {}

    /** Judges and gives the exit code. */
    static int run(Path file, PrintStream out) {
        try {
            EvidenceBundle bundle = EvidenceText.read(bytes(file), file.toString());
            EvidenceJudge.Outcome outcome = EvidenceJudge.judge(bundle, file.toString());
            show(bundle, outcome, out);
            return exitCode(outcome);
        } catch (InvalidRecordingException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new UsageException(file + " is longer than a bundle is");
        }
        return Files.readAllBytes(file);
    }

    private static void show(
            EvidenceBundle bundle, EvidenceJudge.Outcome outcome, PrintStream out) {
        line(
                out,
                bundle.verdictId()
                        + ": "
                        + text(outcome, "status")
                        + " "
                        + text(outcome, "reason"));
        line(out, bundle.events().size() + " events of the log " + bundle.log());
        bundle.leftOut().forEach(each -> line(out, "left out: " + each));
        outcome.differences().forEach(each -> line(out, "differs: " + each));
        String said = outcome.differences().isEmpty() ? "the same, judged again" : "not the same";
        line(out, said + "; nobody signed the bundle: it says what whoever wrote it says");
    }

    private static String text(EvidenceJudge.Outcome outcome, String member) {
        return outcome.recorded().path(member).asText();
    }

    private static void line(PrintStream out, String text) {
        out.println(PrintableText.line(text));
    }

    private static int exitCode(EvidenceJudge.Outcome outcome) {
        if (!outcome.differences().isEmpty()) {
            return DIFFERENT;
        }
        return switch (outcome.again().orElseThrow().status()) {
            case PASSED -> 0;
            case FAILED -> FAILED;
            case INCONCLUSIVE, PENDING -> INCONCLUSIVE;
        };
    }
}
