package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.settings.InvalidSettingsException;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Understands the command line and runs what it asks for. Exit codes of all commands: 0 it went
 * well, 1 it did not, 2 the command line or the settings make no sense, 70 (sysexits.h) a fault of
 * the program.
 */
final class Main {
    private static final int FAULT = 70;
    private static final int SHOWN_FRAMES = 5;

    private final Termination termination = new Termination();
    private final List<Command> commands =
            List.of(
                    new RunCommand(termination),
                    new DemoCommand(),
                    new PlayCommand(),
                    new VerifyCommand(),
                    new ReplayCommand());

    /** A signal came in that wants the process to end. */
    void signalled(int number) {
        termination.signalled(number);
    }

    /** Runs a command line and gives the exit code. */
    int run(String[] commandLine, PrintStream out, PrintStream err) {
        List<String> arguments = List.of(commandLine);
        try {
            if (arguments.contains("--help") || arguments.contains("-h")) {
                out.print(help());
                return 0;
            }
            if (arguments.contains("--version")) {
                out.println("audit-correlator " + Build.read());
                return 0;
            }
            String name =
                    arguments.isEmpty() || arguments.getFirst().startsWith("-")
                            ? ""
                            : arguments.getFirst();
            Command command =
                    find(name)
                            .orElseThrow(
                                    () ->
                                            new UsageException(
                                                    "unknown command " + name + "; see --help"));
            return command.run(
                    name.isEmpty() ? arguments : arguments.subList(1, arguments.size()), out, err);
        } catch (InvalidSettingsException e) {
            err.println(e.getMessage());
            return 2;
        } catch (UsageException e) {
            err.println("audit-correlator: " + e.getMessage());
            return 2;
        } catch (RuntimeException | StackOverflowError e) {
            err.println("audit-correlator: a fault of this program, please report it: " + said(e));
            return FAULT;
        }
    }

    /** What happened and where, in a line. */
    private static String said(Throwable fault) {
        return fault
                + Arrays.stream(fault.getStackTrace())
                        .limit(SHOWN_FRAMES)
                        .map(frame -> " < " + frame)
                        .collect(Collectors.joining());
    }

    private Optional<Command> find(String name) {
        return commands.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    private String help() {
        StringBuilder text =
                new StringBuilder("usage: java -jar audit-correlator.jar [command] [options]\n\n");
        for (Command command : commands) {
            text.append(command.name().isEmpty() ? "without a command" : command.name())
                    .append(": ")
                    .append(command.help().stripTrailing())
                    .append("\n\n");
        }
        return text.append("--help, --version\n").toString();
    }
}
