package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.app.VerdictWiring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.pipeline.AwayException;
import io.tradingecosystem.audit.pipeline.RefusedException;
import io.tradingecosystem.audit.pipeline.ServiceApi;
import io.tradingecosystem.audit.scenario.EvidenceCollector;
import io.tradingecosystem.audit.scenario.EvidenceText;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.LogUnavailableException;
import io.tradingecosystem.audit.store.StoreException;
import io.tradingecosystem.audit.store.StoreObserver;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes all that a verdict was made of into a file. */
final class VerdictCommand implements Command {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<String, String> environment;

    VerdictCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "verdict";
    }

    @Override
    public String synopsis() {
        return "verdict ID --bundle FILE [options]";
    }

    @Override
    public String help() {
        return """
        writes all that a verdict was made of, of a running service or of a stopped one's log; verify --bundle
        judges it again. Ends with 2 if there is no such verdict, or the service is away
          ID                    the verdict's id
          --bundle FILE         where to; it is not there yet
          --data DIR            the log of a service that is stopped, instead of a running service
        """
                + RunningService.HELP;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            throw new UsageException("verdict needs the ID of a verdict");
        }
        String id = arguments.getFirst();
        Set<String> valued = new TreeSet<>(RunningService.OPTIONS);
        valued.addAll(Set.of("--bundle", "--data"));
        Options options = Options.parse(arguments.subList(1, arguments.size()), valued, Set.of());
        Path file =
                options.value("--bundle")
                        .map(Path::of)
                        .orElseThrow(() -> new UsageException("verdict needs --bundle FILE"));
        byte[] bundle =
                options.value("--data").isPresent() ? stopped(id, options) : running(id, options);
        write(file, EvidenceText.read(bundle, "the answer").events().size(), bundle, out);
        return 0;
    }

    private static void write(Path file, int events, byte[] bundle, PrintStream out) {
        try {
            Files.write(file, bundle, StandardOpenOption.CREATE_NEW);
            out.printf("%s: %,d events, %,d bytes%n", file, events, bundle.length);
        } catch (IOException e) {
            throw new UsageException("cannot write " + file + ": " + e);
        }
    }

    private byte[] running(String id, Options options) {
        RunningService running = RunningService.of(options, environment);
        try (ServiceApi service = running.open()) {
            String path = "/api/v1/verdicts/" + id + "/bundle";
            return service.text(path, "application/x-ndjson", PATIENCE)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (AwayException | RefusedException | IllegalArgumentException e) {
            throw new UsageException(running.address() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UsageException("interrupted");
        }
    }

    private static byte[] stopped(String id, Options options) {
        Settings settings = ReplayCommand.settings(options);
        try (EventStore store =
                EventStore.open(settings.store(), StoreObserver.NONE, Time.system())) {
            return new EvidenceCollector(store.store(), VerdictWiring.setup(settings))
                    .collect(id)
                    .map(EvidenceText::write)
                    .orElseThrow(() -> new UsageException("there is no verdict " + id));
        } catch (StoreException | LogUnavailableException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
