package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.api.verdicts.Reports;
import io.tradingecosystem.audit.api.verdicts.Reports.Form;
import io.tradingecosystem.audit.app.LinkWiring;
import io.tradingecosystem.audit.app.VerdictWiring;
import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.correlation.OfflineLinks;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.json.InvalidRecordingException;
import io.tradingecosystem.audit.event.json.Recording;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.scenario.AlertPolicy;
import io.tradingecosystem.audit.scenario.OfflineVerdicts;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** Judges a recording without a server. */
final class VerifyCommand implements Command {
    private static final int FAILED = 1;
    private static final int INVALID = 2;
    private static final int INCONCLUSIVE = 3;
    private static final Duration MAX_SKEW = Duration.ofDays(1);

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String synopsis() {
        return "verify --events FILE | --bundle FILE [options]";
    }

    @Override
    public String help() {
        return """
        links recorded events and judges them by expectations; ends with 0 if all passed, 1 if any failed,
        2 if the input makes no sense, 3 if none failed and any is inconclusive, no trigger occurred, or
        one id names two events. With --bundle, judges the verdict of an evidence bundle again: the same by
        its status, 4 if it is another, 2 if the bundle is not whole
          --events FILE         the recording, NDJSON
          --bundle FILE         what the command verdict wrote, instead of all other options
          --expectations DIR    expectations; otherwise the shipped ones
          --param NAME=VALUE    a value for a parameter of expectations, instead of the one there; may be given again
          --rules DIR           rules that say what causes what; otherwise the shipped ones
          --report FORM         json, junit or text, which is the default
          --out FILE            where the report goes; otherwise standard output
          --until TIME          judge as of this moment (RFC 3339), as if the recording went on; otherwise a
                                window that is not over when the recording ends is inconclusive
          --config FILE         the settings of a service that is to find the same; otherwise the defaults
          --clock-skew TIME     by how much the clocks of two services may differ, if not as they say
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Options options =
                Options.parse(
                        arguments,
                        Set.of(
                                "--events",
                                "--bundle",
                                "--expectations",
                                "--rules",
                                "--report",
                                "--out",
                                "--until",
                                "--config",
                                "--clock-skew"),
                        Set.of(),
                        Set.of("--param"));
        if (options.value("--bundle").isPresent()) {
            if (arguments.size() > 2) {
                throw new UsageException("--bundle stands alone");
            }
            return BundleCheck.run(Path.of(options.value("--bundle").get()), out);
        }
        Path events =
                options.value("--events")
                        .map(Path::of)
                        .orElseThrow(() -> new UsageException("verify needs --events FILE"));
        Form form = form(options.value("--report").orElse("text"));
        Optional<Instant> until = until(options);
        Settings settings = settings(options);
        Optional<Duration> skew = skew(options);
        try {
            List<AuditEvent> recording = Recording.read(events);
            Optional<Path> expectations = options.value("--expectations").map(Path::of);
            Optional<Path> rules = options.value("--rules").map(Path::of);
            Tolerances tolerances = tolerances(settings, skew);
            Stream.of(OfflineLinks.check(rules), OfflineVerdicts.check(expectations, tolerances))
                    .flatMap(report -> report.remarks().stream())
                    .forEach(warning -> err.println(PrintableText.line("warning: " + warning)));
            AlertPolicy alerts = VerdictWiring.setup(settings).alerts();
            Outcome outcome =
                    OfflineVerdicts.verify(
                            recording,
                            expectations,
                            parameters(settings, options),
                            tolerances,
                            until,
                            alerts);
            OfflineLinks.Found found =
                    OfflineLinks.find(
                            recording,
                            rules,
                            settings.correlation().parameters(),
                            bounds(settings, skew));
            found.incomplete().forEach(each -> err.println(warning(each)));
            write(
                    options.value("--out").map(Path::of),
                    Reports.write(outcome, found.links(), form),
                    out);
            return switch (outcome.status()) {
                case PASSED -> 0;
                case FAILED -> FAILED;
                case INCONCLUSIVE, PENDING -> INCONCLUSIVE;
            };
        } catch (InvalidDefinitionException e) {
            e.problems().forEach(problem -> err.println("audit-correlator: " + problem));
            return INVALID;
        } catch (InvalidRecordingException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageException("cannot read or write: " + e);
        }
    }

    private static String warning(Omission omission) {
        return "warning: %s (%s)".formatted(omission.explanation(), omission.bound());
    }

    static Settings settings(Options options) {
        Optional<Path> file = options.value("--config").map(Path::of);
        return file.isPresent()
                ? Settings.load(file, System.getenv(), System.getProperties()).settings()
                : Settings.load(file, Map.of(), new Properties()).settings();
    }

    static Tolerances tolerances(Settings settings, Optional<Duration> skew) {
        Tolerances set = VerdictWiring.setup(settings).tolerances();
        ClockSkew clocks = skew.map(ClockSkew::of).orElse(set.clockSkew());
        return new Tolerances(set.allowedLateness(), clocks, set.catchUp());
    }

    /** The same as live: other bounds would give other links. */
    private static LinkBounds bounds(Settings settings, Optional<Duration> skew) {
        LinkBounds set = LinkWiring.setup(settings).bounds();
        return skew.map(ClockSkew::of).map(set::withClockSkew).orElse(set);
    }

    private static void write(Optional<Path> file, String report, PrintStream out)
            throws IOException {
        if (file.isPresent()) {
            Files.writeString(file.get(), report);
        } else {
            out.print(report);
            out.flush();
        }
    }

    private static Form form(String name) {
        return Arrays.stream(Form.values())
                .filter(form -> form.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "--report is " + name + "; it is json, junit or text"));
    }

    private static Map<String, String> parameters(Settings settings, Options options) {
        Map<String, String> all = new LinkedHashMap<>(settings.scenario().parameters());
        all.putAll(parameters(options));
        return all;
    }

    private static Map<String, String> parameters(Options options) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String each : options.values("--param")) {
            String[] parts = each.split("=", 2);
            if (parts.length != 2) {
                throw new UsageException("--param is " + each + "; allowed is NAME=VALUE");
            }
            if (parameters.put(parts[0], parts[1]) != null) {
                throw new UsageException("--param " + parts[0] + " is given twice");
            }
        }
        return parameters;
    }

    private static Optional<Instant> until(Options options) {
        try {
            return options.value("--until").map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new UsageException("--until is a time like 2026-01-01T12:00:00Z");
        }
    }

    private static Optional<Duration> skew(Options options) {
        return options.value("--clock-skew")
                .map(
                        text ->
                                Durations.parse(text)
                                        .filter(skew -> skew.compareTo(MAX_SKEW) <= 0)
                                        .orElseThrow(
                                                () ->
                                                        new UsageException(
                                                                "--clock-skew is a duration like"
                                                                    + " 100ms, at most a day")));
    }
}
