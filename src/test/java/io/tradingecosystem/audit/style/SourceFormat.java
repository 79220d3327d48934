package io.tradingecosystem.audit.style;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's source format: google-java-format, AOSP style. Its main method applies it. */
public final class SourceFormat {
    private static final Formatter FORMATTER =
            new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());

    private SourceFormat() {}

    public static void main(String[] arguments) throws IOException, FormatterException {
        for (Path source : sources()) {
            String before = Files.readString(source);
            String after = format(before);
            if (!after.equals(before)) {
                Files.writeString(source, after);
                System.out.println("formatted " + source);
            }
        }
    }

    static String format(String source) throws FormatterException {
        return FORMATTER.formatSourceAndFixImports(source);
    }

    static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }
}
