package io.tradingecosystem.audit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** However the JVM of the tests ends, its correlator ends with it. */
class EmbeddedCorrelatorTest {
    /** The JVM of tests that are killed. */
    static final class Tests {
        public static void main(String[] arguments) throws Exception {
            EmbeddedCorrelator correlator = EmbeddedCorrelator.start();
            System.out.println(correlator.process().pid());
            System.out.println(correlator.addresses());
            Thread.currentThread().join();
        }
    }

    @Test
    void shouldEndWithAJvmThatIsKilled() throws Exception {
        Process tests = new ProcessBuilder(command()).redirectErrorStream(true).start();
        var output = tests.inputReader();
        ProcessHandle correlator =
                ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
        CompletableFuture<ProcessHandle> end = correlator.onExit();
        JsonNode addresses = Run.JSON.readTree(output.readLine());
        assertThat(correlator.isAlive()).isTrue();

        tests.destroyForcibly().waitFor();

        end.get(2, TimeUnit.MINUTES);
        assertThat(Path.of(addresses.required("folder").asText())).doesNotExist();
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        for (String name : List.of("jar", "java", "options")) {
            command.add("-Daudit.correlator." + name + "=" + Run.setting(name).orElseThrow());
        }
        command.add(Tests.class.getName());
        return command;
    }
}
