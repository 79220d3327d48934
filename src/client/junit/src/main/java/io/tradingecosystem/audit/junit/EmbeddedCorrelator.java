package io.tradingecosystem.audit.junit;

import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program's jar as a process on free ports of the loopback, without neighbours, in a folder of
 * its own; both go with the last test, or with the JVM of the tests. Its settings stand in the
 * documents, on the page "For test engineers".
 */
final class EmbeddedCorrelator implements CloseableResource, AutoCloseable {
    private static final Pattern READY = Pattern.compile("\"service.ready\".*\"http\":\"(.+?)\"");
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "TMPDIR", "SystemRoot");
    private static final String NOT_SET_UP =
            "no correlator: set audit.correlator.url to the address of a running one, or"
                    + " audit.correlator.jar to the program's jar";
    private static final int PATIENCE_SECONDS = 120;

    final Path folder;
    final Process process;
    private final Thread hook = new Thread(this::end);
    private volatile URI address;

    private EmbeddedCorrelator(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts one and waits until it is ready. */
    static EmbeddedCorrelator start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
            Path folder = Files.createTempDirectory("audit-correlator");
            Files.createFile(folder.resolve("app.yaml"));
            builder.directory(folder.toFile()).redirectOutput(folder.resolve("output").toFile());
            builder.environment().keySet().retainAll(INHERITED);
            return new EmbeddedCorrelator(folder, builder.start()).ready();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the correlator does not start: " + e, e);
        }
    }

    private EmbeddedCorrelator ready() throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            boolean ended = process.waitFor(100, TimeUnit.MILLISECONDS);
            Matcher ready = READY.matcher(Files.readString(folder.resolve("output")));
            if (ready.find()) {
                address = URI.create(ready.group(1));
                return this;
            } else if (ended) {
                break;
            }
        }
        String output = Files.readString(folder.resolve("output"));
        close();
        throw new IOException("it ended, or took more than " + PATIENCE_SECONDS + " s: " + output);
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        end();
    }

    static Optional<String> setting(String name) {
        String variable = "AUDIT_CORRELATOR_" + name.toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getProperty("audit.correlator." + name))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(setting("java").orElse(System.getProperty("java.home") + "/bin/java"));
        setting("options").ifPresent(options -> command.addAll(List.of(options.split(" +"))));
        Path usual = Path.of("src/test/resources/expectations");
        setting("expectations")
                .map(Path::of)
                .or(() -> Optional.of(usual).filter(Files::isDirectory))
                .map(folder -> "-Dscenario.expectations=" + folder.toAbsolutePath())
                .ifPresent(command::add);
        command.addAll(List.of("-Dserver.http.host=127.0.0.1", "-Dserver.http.port=0"));
        command.addAll(List.of("-Dserver.grpc.host=127.0.0.1", "-Dserver.grpc.port=0"));
        command.addAll(List.of("-Dregistry.backend=in-process", "-Dconfiguration.address=off"));
        command.addAll(List.of("-Dpeers.known=", "-Dlogging.format=json", "-Dstore.path=data"));
        command.addAll(List.of("-jar", jar(), "--config", "app.yaml"));
        return command;
    }

    private static String jar() {
        String jar = setting("jar").orElseThrow(() -> new IllegalStateException(NOT_SET_UP));
        return Path.of(jar).toAbsolutePath().toString();
    }

    private void end() {
        try {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(
                    "the correlator's data stay in " + folder + ": " + e, e);
        }
    }
}
