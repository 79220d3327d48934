package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {

    @ParameterizedTest
    @CsvSource({"256, 64", "1024, 256", "8192, 3840", "1048576, 4096", "2, 1"})
    void shouldLeaveFilesForWhatIsNoConnection(long files, int connections) {
        assertThat(OpenFiles.connections(4_096, files)).isEqualTo(connections);
    }
}
