package io.tradingecosystem.audit.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

class MisspellingTest {

    @ParameterizedTest
    @CsvSource({
        "SERVER_HTTP_PROT, SERVER_HTTP_PORT",
        "SERVER_HTTP_MAXBODYSIZE, SERVER_HTTP_MAX_BODY_SIZE",
        "SERVER__HTTP__PORT, SERVER_HTTP_PORT",
        "STORE_PAHT, STORE_PATH",
        "LOGGING_FORMATS, LOGGING_FORMAT",
        "SERVICE_INSTANCE_NAMES, SERVICE_INSTANCE_NAME",
        "CORRELATION_ALOWED_LATENES, CORRELATION_ALLOWED_LATENESS",
    })
    void shouldNameWhatWasMeant(String name, String nearest) {
        assertThat(in(name)).containsExactly(new Misspelling(name, nearest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SERVER_SOFTWARE",
                "SERVER_NAME",
                "SERVER_PORT",
                "SERVER_HTTP_PORT",
                "SERVICE_NAME",
                "SERVICE_INSTANCE_NAME",
                "SERVICE_HOST",
                "STORE_HASH",
                "STORE_PORT",
                "STORE_SERVICE_HOST",
                "REGISTRY_PORT",
                "REGISTRY_AUTH",
                "CONFIGURATION_PORT_80_TCP",
                "HTTP_PROXY",
                "PATH",
            })
    void shouldLeaveTheNamesOfOthersAlone(String name) {
        assertThat(in(name)).isEmpty();
    }

    private static List<Misspelling> in(String name) {
        String value = name.endsWith("PORT") ? "1" : "x";
        return Settings.load(Optional.empty(), Map.of(name, value), new Properties())
                .misspellings();
    }
}
