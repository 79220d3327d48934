package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.pipeline.AwayException;
import io.tradingecosystem.audit.pipeline.RefusedException;
import io.tradingecosystem.audit.pipeline.RunResult;
import io.tradingecosystem.audit.pipeline.RunWait;
import io.tradingecosystem.audit.pipeline.RunWait.Question;
import io.tradingecosystem.audit.pipeline.ServiceApi;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Waits on a running service for what becomes of a run. */
final class AwaitCommand implements Command {
    private final Map<String, String> environment;

    AwaitCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "await";
    }

    @Override
    public String synopsis() {
        return "await --run ID [options]";
    }

    @Override
    public String help() {
        return """
        waits until a running service has judged a run for good; ends with 0 if all that had to pass has passed,
        1 if any failed, 2 if the command makes no sense or the service is away, 3 if it cannot be told: no
        trigger, not judged in time, inconclusive, not all of it
          --run ID              the run, its scenario_id
          --expectation NAME    which must pass, with commas between or given again; otherwise all in force of the
                                run's kind
          --scenario KIND       the run's kind; otherwise that of the expectations whose trigger occurred
          --timeout TIME        how long to wait; 2m
          --max-age TIME        how old the newest triggers may be, as an earlier run may have had the same id; 1h
          --since TIME          the same as a time (RFC 3339)
        """
                + ReportOptions.HELP
                + RunningService.HELP;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Set<String> valued = new TreeSet<>(RunningService.OPTIONS);
        valued.addAll(ReportOptions.OPTIONS);
        valued.addAll(Set.of("--run", "--scenario", "--timeout", "--max-age", "--since"));
        Options options = Options.parse(arguments, valued, Set.of(), Set.of("--expectation"));
        Question question = question(options);
        Duration timeout = duration(options, "--timeout", "2m");
        ReportOptions report = ReportOptions.of(options, environment);
        return await(RunningService.of(options, environment), question, timeout, report, out, err);
    }

    /** Waits, reports and gives the exit code. */
    static int await(
            RunningService running,
            Question question,
            Duration timeout,
            ReportOptions report,
            PrintStream out,
            PrintStream err) {
        try (ServiceApi service = running.open()) {
            RunWait wait =
                    new RunWait(service, said -> err.println(PrintableText.line("await: " + said)));
            RunResult result = wait.await(question, timeout);
            report.write(result, out);
            return result.exitCode();
        } catch (AwayException | RefusedException e) {
            throw new UsageException(running.address() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Termination.INTERRUPTED;
        }
    }

    private static Question question(Options options) {
        return new Question(
                options.value("--run")
                        .filter(run -> !run.isBlank())
                        .orElseThrow(() -> new UsageException("await needs --run ID")),
                names(options),
                options.value("--scenario"),
                since(options),
                duration(options, "--max-age", "1h"));
    }

    /** The names that are given, each once. */
    static List<String> names(Options options) {
        List<String> names =
                options.values("--expectation").stream()
                        .flatMap(text -> List.of(text.split(",", -1)).stream())
                        .map(String::strip)
                        .distinct()
                        .toList();
        if (names.stream().anyMatch(String::isEmpty)) {
            throw new UsageException("--expectation is a name, or several with commas between");
        }
        return names;
    }

    /** A duration over zero. */
    static Duration duration(Options options, String name, String otherwise) {
        return Durations.parse(options.value(name).orElse(otherwise))
                .filter(Duration::isPositive)
                .orElseThrow(() -> new UsageException(name + " is a duration like " + otherwise));
    }

    private static Optional<Instant> since(Options options) {
        try {
            return options.value("--since").map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new UsageException("--since is a time like 2026-01-01T12:00:00Z");
        }
    }
}
