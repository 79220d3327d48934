package io.tradingecosystem.audit.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.FormatterException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class SourceFormatTest {

    @Test
    void everySourceFileShouldBeFormatted() throws IOException, FormatterException {
        List<Path> unformatted = new ArrayList<>();
        for (Path source : SourceFormat.sources()) {
            String text = Files.readString(source);
            if (!SourceFormat.format(text).equals(text)) {
                unformatted.add(source);
            }
        }
        assertThat(unformatted).as("fix with: mvn -q test-compile exec:exec@format").isEmpty();
    }
}
