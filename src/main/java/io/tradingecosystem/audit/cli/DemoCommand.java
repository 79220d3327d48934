package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.app.LogWiring;
import io.tradingecosystem.audit.common.FileTree;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** A service of its own for as long as it takes to play one recorded chaos run into it. */
final class DemoCommand implements Command {
    /** Whatever runs on this machine is left alone: free ports, no neighbours, other data. */
    private static final Map<String, String> APART =
            Map.of(
                    "server.http.host", "127.0.0.1",
                    "server.http.port", "0",
                    "server.grpc.host", "127.0.0.1",
                    "server.grpc.port", "0",
                    "registry.backend", "in-process",
                    "logging.level", "error");

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String synopsis() {
        return "demo [NAME] [options]";
    }

    @Override
    public String help() {
        return """
        starts a service apart from any other, plays a recorded chaos run into it, shows the
        timeline, what caused what, and the verdicts, and ends the service
          NAME                  depeg, depeg-late, market-crash, settlement-delay, quiet-day; depeg
          --speed N             so many times as fast as recorded, or max; 5
          --wait TIME           how long to wait for verdicts that are pending; 40s
          --color always|never  by default where the output is a terminal
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        boolean named = !arguments.isEmpty() && !arguments.getFirst().startsWith("-");
        String name = named ? arguments.getFirst() : ShippedRecordings.NAMES.getFirst();
        if (!ShippedRecordings.NAMES.contains(name)) {
            throw new UsageException(
                    "there is no demo "
                            + name
                            + "; there are "
                            + String.join(", ", ShippedRecordings.NAMES));
        }
        List<String> rest = named ? arguments.subList(1, arguments.size()) : arguments;
        Playing playing = Playing.of(Options.parse(rest, Playing.OPTIONS, Set.of()), "5");
        try {
            Path folder = Files.createTempDirectory("audit-demo");
            try {
                play(name, playing, folder, out, err);
            } finally {
                FileTree.remove(folder);
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void play(
            String name, Playing playing, Path folder, PrintStream out, PrintStream err) {
        Settings settings = settings(folder);
        LogWiring.configure(settings.logging(), Map.of(), err);
        try (AuditCorrelator correlator = AuditCorrelator.start(settings)) {
            URI service = URI.create("http://127.0.0.1:" + correlator.httpPort());
            playing.play(
                    name,
                    ShippedRecordings.read(name),
                    new RunningService(service, Optional.empty(), Optional.empty()),
                    out);
        }
    }

    private static Settings settings(Path folder) {
        Properties properties = new Properties();
        properties.putAll(APART);
        properties.put("store.path", folder.resolve("data").toString());
        return Settings.load(Optional.empty(), Map.of(), properties).settings();
    }
}
