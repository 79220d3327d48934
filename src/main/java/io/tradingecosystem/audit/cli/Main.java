package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.settings.InvalidSettingsException;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
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
                    new StartCommand(System.getenv(), termination),
                    new AwaitCommand(System.getenv()),
                    new CompareCommand(System.getenv()),
                    new CheckCommand(),
                    new ReplayCommand(),
                    new EmbeddedCommand(System.in, termination),
                    new ImportCommand(),
                    new VerdictCommand(System.getenv()),
                    new BackupCommand(),
                    new RestoreCommand(),
                    new ExportCommand(),
                    new RestoreEventsCommand(),
                    new VerifyStoreCommand(),
                    new RepairCommand());

    /** A signal came in that wants the process to end. */
    void signalled(int number) {
        termination.signalled(number);
    }

    /** Runs a command line and gives the exit code. */
    int run(String[] commandLine, PrintStream out, PrintStream err) {
        return run(List.of(commandLine), new PrintableStream(out), new PrintableStream(err));
    }

    private int run(List<String> arguments, PrintableStream out, PrintableStream err) {
        try {
            return obey(arguments, out, err);
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

    private int obey(List<String> arguments, PrintStream out, PrintStream err) {
        boolean named = !arguments.isEmpty() && !arguments.getFirst().startsWith("-");
        String name = named ? arguments.getFirst() : "";
        List<String> own = arguments.stream().takeWhile(each -> !each.equals("--")).toList();
        if (name.equals("help") || own.contains("--help") || own.contains("-h")) {
            String about = name.equals("help") && arguments.size() > 1 ? arguments.get(1) : name;
            out.print(about.isEmpty() || about.equals("help") ? help() : help(find(about)));
            return 0;
        }
        if (!named && arguments.contains("--version")) {
            out.println("audit-correlator " + Build.read());
            return 0;
        }
        return find(name).run(named ? arguments.subList(1, arguments.size()) : arguments, out, err);
    }

    private Command find(String name) {
        return commands.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private UsageException unknown(String name) {
        String known =
                commands.stream()
                        .map(Command::name)
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.joining(", "));
        return new UsageException(
                "unknown command " + name + "; there are " + known + "; see --help");
    }

    private static String help(Command command) {
        return "usage: java -jar audit-correlator.jar %s%n%n%s"
                .formatted(command.synopsis(), command.help());
    }

    private String help() {
        StringBuilder text =
                new StringBuilder("usage: java -jar audit-correlator.jar [command] [options]\n\n");
        for (Command command : commands) {
            text.append(command.name().isEmpty() ? "without a command" : command.synopsis())
                    .append(": ")
                    .append(command.help().stripTrailing())
                    .append("\n\n");
        }
        return text.append("--help [after a command: of it alone], --version\n").toString();
    }
}
