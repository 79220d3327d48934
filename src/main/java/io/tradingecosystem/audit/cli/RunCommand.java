package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.access.AccessException;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.server.connection.ListenerException;
import io.tradingecosystem.audit.settings.InvalidSettingsException;
import io.tradingecosystem.audit.settings.Misspelling;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.StoreException;
import io.tradingecosystem.audit.tls.UnusableFileException;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs the service until a signal ends it. */
final class RunCommand implements Command {
    private static final EventLogger LOG = EventLogger.of(RunCommand.class);
    private static final String DEFAULT_FILE = "app.yaml";

    /** What the parts behind the doors may take to close, after a failure. */
    private static final Duration LAST_WORK = Duration.ofSeconds(20);

    private final Termination termination;
    private volatile boolean failed;

    RunCommand(Termination termination) {
        this.termination = termination;
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public String synopsis() {
        return "[options]";
    }

    @Override
    public String help() {
        return """
        runs the service until SIGTERM, SIGHUP or Ctrl-C
          --config FILE    settings; otherwise app.yaml in the working directory or beside the jar
          --print-config   shows the value of every setting and where it comes from, and ends
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Options options = Options.parse(arguments, Set.of("--config"), Set.of("--print-config"));
        try {
            Settings.Loaded loaded =
                    Settings.load(file(options), System.getenv(), System.getProperties());
            if (options.has("--print-config")) {
                out.print(loaded.effective());
                return 0;
            }
            return serve(loaded, out, err);
        } catch (InvalidSettingsException e) {
            Speech.complain(e, out, err);
            return 2;
        }
    }

    private int serve(Settings.Loaded loaded, PrintStream out, PrintStream err) {
        Settings settings = loaded.settings();
        Identity identity = Identity.of(settings, Build.read(), Instant.now());
        Speech speech = Speech.configure(settings.logging(), identity.logged(), out, err);
        loaded.misspellings().forEach(RunCommand::report);
        speech.begin(identity, settings.store().path());
        termination.beOrderly();
        try (AuditCorrelator correlator = AuditCorrelator.start(settings)) {
            Duration patience = settings.server().shutdownGrace().plus(LAST_WORK);
            correlator.onFailure(failure -> fail(failure, patience, speech));
            speech.greet(correlator);
            termination.await();
            return failed ? 1 : 0;
        } catch (InvalidDefinitionException e) {
            e.problems().forEach(speech::complain);
            return 2;
        } catch (LogUnavailableException e) {
            speech.complain(e.getMessage() + "; stop everything that uses it, and run repair");
            return 1;
        } catch (ListenerException | StoreException | AccessException | UnusableFileException e) {
            speech.complain(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private static void report(Misspelling misspelling) {
        LOG.warn(
                "settings.unknown",
                "environment",
                misspelling.name(),
                "nearest",
                misspelling.nearest());
    }

    private void fail(ListenerException failure, Duration patience, Speech speech) {
        failed = true;
        speech.complain(String.valueOf(failure.getMessage()));
        termination.fail(patience);
    }

    /** The file that is named, or the usual one: of the working directory, else beside the jar. */
    static Optional<Path> file(Options options) {
        return options.value("--config")
                .map(Path::of)
                .or(() -> Optional.of(Path.of(DEFAULT_FILE)).filter(Files::exists))
                .or(() -> ProgramFile.beside(DEFAULT_FILE).filter(Files::exists));
    }
}
