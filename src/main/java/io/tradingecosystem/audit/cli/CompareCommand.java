package io.tradingecosystem.audit.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.pipeline.AwayException;
import io.tradingecosystem.audit.pipeline.RefusedException;
import io.tradingecosystem.audit.pipeline.ReportFile;
import io.tradingecosystem.audit.pipeline.ServiceApi;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Lets a running service compare a run with others. */
final class CompareCommand implements Command {
    private static final int DIFFERENT = 1;
    private static final int INCONCLUSIVE = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Map<String, String> FORMS =
            Map.of("text", "text/plain", "json", "application/json", "junit", "application/xml");

    private final Map<String, String> environment;

    CompareCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String synopsis() {
        return "compare RUN BASELINE[,BASELINE...] [options]";
    }

    @Override
    public String help() {
        return """
        lets a running service lay a run beside one to four others; ends with 0 if nothing is different, 1 if
        anything is, or a service is most likely at fault, 2 if the command makes no sense, a run is unknown or the service is away, 3 if a run goes on
        or not all of it was looked at
          --report FORM         junit, json or text, which is the default
          --out FILE            where the report goes; otherwise standard output
        """
                + RunningService.HELP;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() < 2 || arguments.subList(0, 2).stream().anyMatch(this::isOption)) {
            throw new UsageException("compare needs RUN and BASELINE first");
        }
        Set<String> valued = new TreeSet<>(RunningService.OPTIONS);
        valued.addAll(Set.of("--report", "--out"));
        Options options = Options.parse(arguments.subList(2, arguments.size()), valued, Set.of());
        String form = options.value("--report").orElse("text");
        if (!FORMS.containsKey(form)) {
            throw new UsageException("--report is " + form + "; it is junit, json or text");
        }
        RunningService running = RunningService.of(options, environment);
        String path =
                "/api/v1/comparisons?run=%s&baseline=%s"
                        .formatted(encoded(arguments.get(0)), encoded(arguments.get(1)));
        return compare(running, path, form, options.value("--out").map(Path::of), out);
    }

    private boolean isOption(String argument) {
        return argument.startsWith("-");
    }

    private static int compare(
            RunningService running,
            String path,
            String form,
            Optional<Path> file,
            PrintStream out) {
        try (ServiceApi service = running.open()) {
            JsonNode answer = service.get(path, PATIENCE);
            String report =
                    service.text(path + "&report=" + form, FORMS.getOrDefault(form, ""), PATIENCE);
            write(report, file, out);
            return exitCode(answer);
        } catch (AwayException | RefusedException e) {
            throw new UsageException(running.address() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Termination.INTERRUPTED;
        }
    }

    private static void write(String report, Optional<Path> file, PrintStream out) {
        try {
            if (file.isPresent()) {
                ReportFile.write(file.get(), report);
            } else {
                out.print(report);
                out.flush();
            }
        } catch (IOException e) {
            throw new UsageException("--out: cannot write: " + e);
        }
    }

    private static int exitCode(JsonNode answer) {
        boolean behind =
                answer.at("/links_progress/behind").asLong(1) > 0
                        || answer.at("/verdicts_progress/behind").asLong(1) > 0;
        if (behind || !answer.required("complete").booleanValue() || isCut(answer)) {
            return INCONCLUSIVE;
        }
        boolean same =
                answer.required("same").booleanValue()
                        && answer.at("/ranking/most_likely").asText("").isEmpty();
        return same ? 0 : DIFFERENT;
    }

    /** Whether something was left out, of the answer or of a run. */
    private static boolean isCut(JsonNode answer) {
        boolean cut = answer.has("incomplete") || answer.path("run").has("incomplete");
        for (JsonNode baseline : answer.path("baselines")) {
            cut |= baseline.has("incomplete");
        }
        return cut;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
