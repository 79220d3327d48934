package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.importer.ColumnMap;
import io.tradingecosystem.audit.importer.InvalidColumnMapException;
import io.tradingecosystem.audit.importer.RecordedFormat;
import io.tradingecosystem.audit.importer.RecordedFormats;
import io.tradingecosystem.audit.importer.UnreadableFormatException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** Makes events of what somebody else recorded, into a running service or a file. */
final class ImportCommand implements Command {
    private static final int FAILED = 1;
    private static final int GZIP = 0x1f8b;

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String synopsis() {
        return "import FILE --format FORMAT [options]";
    }

    @Override
    public String help() {
        return """
        makes events of recorded data, for a running service or, with --out, for verify --events; ends with 0
        if all was taken, with 1 if something was not, which is said, with 2 if the input makes no sense or the
        service is away
          FILE                  the data, which may be in gzip
          --format FORMAT       jaeger (JSON of its user interface or API), zipkin (JSON, version 2), or csv
          --map FILE            what the columns of csv mean, YAML; otherwise they have the names of events
          --out FILE            write events as NDJSON instead of sending them
        """
                + RunningService.HELP;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty() || arguments.getFirst().startsWith("-")) {
            throw new UsageException("import needs a FILE first");
        }
        Set<String> valued = new TreeSet<>(RunningService.OPTIONS);
        valued.addAll(Set.of("--format", "--map", "--out"));
        Options options = Options.parse(arguments.subList(1, arguments.size()), valued, Set.of());
        Path file = Path.of(arguments.getFirst());
        RecordedFormat format = format(options);
        ImportTally tally = new ImportTally(file.toString(), err);
        try (InputStream in = open(file);
                ImportTarget target = target(options, tally)) {
            read(format, in, target, tally);
        } catch (IOException e) {
            throw new UsageException("cannot read or write: " + e);
        }
        out.println(tally.summary());
        return tally.isWhole() ? 0 : FAILED;
    }

    /** What came before a file turned out to be another is imported, and the rest is said. */
    private static void read(
            RecordedFormat format, InputStream in, ImportTarget target, ImportTally tally)
            throws IOException {
        try {
            format.read(in, new ImportedEvents(target, tally));
        } catch (UnreadableFormatException e) {
            tally.broken(String.valueOf(e.getMessage()));
        }
        target.flush();
    }

    private static RecordedFormat format(Options options) {
        String name = options.value("--format").orElse("");
        return RecordedFormats.of(name, columns(options))
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "--format is one of "
                                                + String.join(", ", RecordedFormats.NAMES)));
    }

    private static ColumnMap columns(Options options) {
        Optional<String> map = options.value("--map");
        try {
            return map.isPresent() ? ColumnMap.read(Path.of(map.get())) : ColumnMap.NONE;
        } catch (InvalidColumnMapException | IOException e) {
            throw new UsageException("--map " + map.orElse("") + ": " + e.getMessage());
        }
    }

    private static ImportTarget target(Options options, ImportTally tally) throws IOException {
        Optional<String> out = options.value("--out");
        if (out.isPresent()) {
            return new ImportedFile(Files.newOutputStream(Path.of(out.get())), tally);
        }
        return new ImportedService(RunningService.of(options, System.getenv()), tally);
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP ? new GZIPInputStream(in) : in;
    }
}
