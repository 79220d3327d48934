package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.app.LogWiring;
import io.tradingecosystem.audit.common.FileTree;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.settings.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * A service for the tests of another program, which has started it and holds its standard input:
 * the system closes that however the other one ends.
 */
final class EmbeddedCommand implements Command {
    /** Neither a file nor the environment of the tests sets anything. */
    private static final Map<String, String> APART =
            Map.of(
                    "server.http.host", "127.0.0.1",
                    "server.http.port", "0",
                    "server.grpc.host", "127.0.0.1",
                    "server.grpc.port", "0",
                    "registry.backend", "in-process",
                    "configuration.address", "off",
                    "peers.known", "",
                    "logging.level", "warn");

    private final InputStream parent;
    private final Termination termination;

    /**
     * A service that ends with its standard input.
     *
     * @param parent its end is the end of who has started this
     */
    EmbeddedCommand(InputStream parent, Termination termination) {
        this.parent = parent;
        this.termination = termination;
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public String help() {
        return """
        a service for the tests of another program: without neighbours, on free ports of the
        loopback, with data in a folder that goes at the end; tells its addresses as a line of
        JSON, and ends with its standard input; settings are those of -D alone
          --expectations DIR    expectations
        """;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        Options options = Options.parse(arguments, Set.of("--expectations"), Set.of());
        termination.beOrderly();
        Thread.ofPlatform().daemon().name("parent").start(this::followParent);
        try {
            Path folder = Files.createTempDirectory("audit-correlator");
            try {
                return serve(settings(folder, options), folder, out, err);
            } finally {
                FileTree.remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int serve(Settings settings, Path folder, PrintStream out, PrintStream err) {
        LogWiring.configure(settings.logging(), Map.of(), err);
        try (AuditCorrelator correlator = AuditCorrelator.start(settings)) {
            out.println(addresses(correlator, folder));
            out.flush();
            termination.await();
            return 0;
        } catch (InvalidDefinitionException e) {
            e.problems().forEach(err::println);
            return 2;
        }
    }

    private void followParent() {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // As good as its end.
        }
        termination.end();
    }

    private static String addresses(AuditCorrelator correlator, Path folder) {
        return Json.mapper()
                .createObjectNode()
                .put("http", correlator.httpAddress())
                .put("grpc", correlator.grpcAddress())
                .put("folder", folder.toString())
                .toString();
    }

    private static Settings settings(Path folder, Options options) {
        Properties properties = new Properties();
        properties.putAll(APART);
        properties.putAll(System.getProperties());
        properties.put("store.path", folder.resolve("data").toString());
        options.value("--expectations")
                .ifPresent(each -> properties.put("scenario.expectations", each));
        return Settings.load(Optional.empty(), Map.of(), properties).settings();
    }
}
