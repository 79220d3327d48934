package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.ProcessFiles;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {

    @ParameterizedTest
    @CsvSource({
        "256, 190, 16",
        "256, 60, 49",
        "1024, 200, 206",
        "20000, 200, 4096",
        "200, 200, 1",
        "2, 9, 1"
    })
    void shouldLeaveAsManyFilesForWhatIsNoConnection(long max, long open, int connections) {
        assertThat(OpenFiles.connections(4_096, new ProcessFiles(max, open)))
                .isEqualTo(connections);
    }
}
