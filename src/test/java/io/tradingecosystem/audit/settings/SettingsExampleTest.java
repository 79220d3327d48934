package io.tradingecosystem.audit.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Examples in comments of {@code settings}. */
class SettingsExampleTest {

    @Test
    void shouldReadTheFileAndWhatStandsAboveIt() {
        Properties properties = new Properties();
        // @start region="load"
        Map<String, String> environment = Map.of("SERVER_HTTP_PORT", "8090");
        Settings settings =
                Settings.load(Optional.of(Path.of("app.yaml")), environment, properties).settings();
        int port = settings.server().http().port();
        // @end
        assertThat(port).isEqualTo(8090);
    }
}
