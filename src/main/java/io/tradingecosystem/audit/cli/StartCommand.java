package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.pipeline.AwayException;
import io.tradingecosystem.audit.pipeline.RefusedException;
import io.tradingecosystem.audit.pipeline.RunStart;
import io.tradingecosystem.audit.pipeline.RunWait.Question;
import io.tradingecosystem.audit.pipeline.ServiceApi;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Begins a run on a running service, and, if it is to, lets a command be the run and waits. */
final class StartCommand implements Command {
    private static final int FAILED = 1;
    private static final long LAST_WORDS = 5;
    private static final String RUN = "SCENARIO_ID";

    private final Map<String, String> environment;
    private final Termination termination;

    StartCommand(Map<String, String> environment, Termination termination) {
        this.environment = environment;
        this.termination = termination;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String synopsis() {
        return "start [options] [-- COMMAND...]";
    }

    @Override
    public String help() {
        return """
        begins a run on a running service, by an event scenario.started, and prints the run's id; with COMMAND,
        runs it with the id in the environment's SCENARIO_ID, and ends the run, by scenario.ended, when it has
        ended. Ends with 1 if COMMAND fails, with 2 if a run of the id is there, else with 0, or as await does
          --run ID              the run's id; otherwise the kind and a random number
          --scenario KIND       the run's kind
          --source NAME         the service that the events are of; pipeline
          --await               waits for what becomes of the run, as await does, with its
          --expectation NAME    which must pass; otherwise all of KIND
          --timeout TIME        how long to wait; 2m
        """
                + ReportOptions.HELP
                + RunningService.HELP;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        int end = arguments.indexOf("--");
        List<String> own = end < 0 ? arguments : arguments.subList(0, end);
        List<String> command = end < 0 ? List.of() : arguments.subList(end + 1, arguments.size());
        if (end >= 0 && command.isEmpty()) {
            throw new UsageException("start needs a COMMAND behind --");
        }
        Set<String> valued = new TreeSet<>(RunningService.OPTIONS);
        valued.addAll(ReportOptions.OPTIONS);
        valued.addAll(Set.of("--run", "--scenario", "--source", "--timeout"));
        Options options = Options.parse(own, valued, Set.of("--await"), Set.of("--expectation"));
        return start(options, command, out, err);
    }

    private int start(Options options, List<String> command, PrintStream out, PrintStream err) {
        RunStart run = run(options);
        Duration timeout = AwaitCommand.duration(options, "--timeout", "2m");
        ReportOptions report = ReportOptions.of(options, environment);
        RunningService running = RunningService.of(options, environment);
        try (ServiceApi service = running.open()) {
            Instant since = run.begin(service);
            out.println(PrintableText.line(run.run()));
            out.flush();
            int ended = command.isEmpty() ? 0 : obey(command, run, service, err);
            if (!options.has("--await")) {
                return ended;
            }
            Question question =
                    new Question(
                            run.run(),
                            AwaitCommand.names(options),
                            run.scenario(),
                            Optional.of(since),
                            timeout);
            int judged = AwaitCommand.await(running, question, timeout, report, out, err);
            return judged == 0 ? ended : judged;
        } catch (AwayException | RefusedException e) {
            throw new UsageException(running.address() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Termination.INTERRUPTED;
        }
    }

    private static RunStart run(Options options) {
        Optional<String> kind = options.value("--scenario").filter(text -> !text.isBlank());
        String random = UUID.randomUUID().toString();
        return new RunStart(
                options.value("--source").orElse("pipeline"),
                options.value("--run")
                        .filter(id -> !id.isBlank())
                        .orElse(kind.orElse("run") + "-" + random),
                kind);
    }

    /** Runs the command; a signal to us ends it, too. */
    private int obey(List<String> command, RunStart run, ServiceApi service, PrintStream err)
            throws InterruptedException {
        Process process = begin(command, run);
        termination.beOrderly();
        Thread.ofVirtual().name("start-signal").start(() -> endBySignal(process));
        int code = process.waitFor();
        run.end(service, code);
        if (code != 0) {
            err.println(PrintableText.line("start: " + command.getFirst() + " ended with " + code));
        }
        return code == 0 ? 0 : FAILED;
    }

    private static Process begin(List<String> command, RunStart run) {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(RUN, run.run());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UsageException("cannot run " + command.getFirst() + ": " + e.getMessage());
        }
    }

    private void endBySignal(Process process) {
        termination.await();
        process.destroy();
        try {
            process.waitFor(LAST_WORDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(Termination.INTERRUPTED);
    }
}
