package io.tradingecosystem.audit.junit;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The program's jar as a process. It ends with its input, which goes with this JVM in any case. */
record EmbeddedCorrelator(Process process, JsonNode addresses) implements CloseableResource {
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "TMPDIR", "SystemRoot");
    private static final String FOLDER = "src/test/resources/expectations";
    private static final String NOT_SET_UP =
            "no correlator: set audit.correlator.url to the address of a running one, or"
                    + " audit.correlator.jar to the program's jar";

    static EmbeddedCorrelator start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
            builder.environment().keySet().retainAll(INHERITED);
            Process process = builder.start();
            BufferedReader output = process.inputReader();
            String addresses = addresses(output);
            Thread rest = new Thread(() -> output.lines().forEach(System.err::println));
            rest.setDaemon(true);
            rest.start();
            return new EmbeddedCorrelator(process, Run.JSON.readTree(addresses));
        } catch (IOException e) {
            throw new IllegalStateException("the correlator does not start: " + e, e);
        }
    }

    URI http() {
        return URI.create(addresses.required("http").asText());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("it did not end, its data stay: " + addresses);
        }
    }

    private static String addresses(BufferedReader output) throws IOException {
        List<String> said = new ArrayList<>();
        return output.lines()
                .peek(said::add)
                .filter(line -> line.startsWith("{\"http\":"))
                .findFirst()
                .orElseThrow(() -> new IOException("it ended: " + String.join("\n", said)));
    }

    private static List<String> command() {
        String jar = Run.setting("jar").orElseThrow(() -> new IllegalStateException(NOT_SET_UP));
        List<String> command = new ArrayList<>();
        command.add(Run.setting("java").orElse(System.getProperty("java.home") + "/bin/java"));
        Run.setting("options").ifPresent(options -> command.addAll(List.of(options.split(" +"))));
        command.addAll(List.of("-jar", jar, "embedded"));
        Run.setting("expectations")
                .or(() -> Optional.of(FOLDER).filter(usual -> Files.isDirectory(Path.of(usual))))
                .ifPresent(folder -> command.add("--expectations=" + folder));
        return command;
    }
}
