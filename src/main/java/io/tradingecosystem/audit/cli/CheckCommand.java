package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.PrintableText;
import io.tradingecosystem.audit.correlation.OfflineLinks;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.definition.DefinitionReport;
import io.tradingecosystem.audit.scenario.OfflineVerdicts;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what is wrong with rules and expectations, without a service. */
final class CheckCommand implements Command {
    private static final int FAULTY = 1;

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String synopsis() {
        return "check DIR [DIR ...] [options]";
    }

    @Override
    public String help() {
        return """
        says what is wrong with the rules or expectations of folders, a line each with file, line, column,
        definition and key; ends with 0 if nothing is, warnings aside, 1 if anything is, 2 if there is nothing
        to check
          DIR                   a folder or a file; most of its files tell whether it has rules or expectations,
                                and its folders rules and expectations are checked in its place
          --config FILE         the settings of the service that is to read them; otherwise the defaults
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        List<Path> folders =
                arguments.stream().takeWhile(each -> !each.startsWith("-")).map(Path::of).toList();
        List<String> rest = arguments.subList(folders.size(), arguments.size());
        Options options = Options.parse(rest, Set.of("--config"), Set.of());
        if (folders.isEmpty()) {
            throw new UsageException("check needs a DIR first, with rules or expectations");
        }
        Tolerances tolerances =
                VerifyCommand.tolerances(VerifyCommand.settings(options), Optional.empty());
        boolean faulty = false;
        for (Path folder : folders) {
            faulty |= check(folder, tolerances, out);
        }
        return faulty ? FAULTY : 0;
    }

    /** Whether anything is wrong with a folder. */
    private static boolean check(Path folder, Tolerances tolerances, PrintStream out) {
        if (!Files.exists(folder)) {
            throw new UsageException("there is no folder or file " + folder);
        }
        List<Path> parts = new ArrayList<>();
        for (String kind : List.of("rules", "expectations")) {
            Optional.of(folder.resolve(kind)).filter(Files::isDirectory).ifPresent(parts::add);
        }
        boolean faulty = false;
        for (Path part : parts.isEmpty() ? List.of(folder) : parts) {
            boolean rules =
                    parts.isEmpty()
                            ? RuleReader.KIND.isMeantBy(part) && !isNamedForExpectations(part)
                            : part.endsWith("rules");
            faulty |=
                    rules
                            ? show(part, "rule", OfflineLinks.check(Optional.of(part)), out)
                            : show(
                                    part,
                                    "expectation",
                                    OfflineVerdicts.check(Optional.of(part), tolerances),
                                    out);
        }
        return faulty;
    }

    /** Where the files do not tell, the name of the folder may. */
    private static boolean isNamedForExpectations(Path folder) {
        return folder.endsWith("expectations") && ExpectationReader.KIND.isMeantBy(folder);
    }

    private static boolean show(
            Path folder, String noun, DefinitionReport report, PrintStream out) {
        List<String> faults = report.faults();
        faults.forEach(fault -> out.println(PrintableText.line("problem: " + fault)));
        report.warnings()
                .forEach(warning -> out.println(PrintableText.line("warning: " + warning)));
        out.printf(
                "%s: %s, %s, %s%n",
                folder,
                report.problems().isEmpty()
                        ? counted(report.count(), noun)
                        : "no " + noun + " holds",
                counted(faults.size(), "problem"),
                counted(report.warnings().size(), "warning"));
        return !faults.isEmpty();
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
