package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;

class AddressTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "{url}/api/v1/configuration/{key}, http://h:1/api/v1/configuration/a.b_c",
        "{url}/c/{key}?environment={environment}, http://h:1/c/a.b_c?environment=test%20%26%201",
        "{url}/c?key={key}&environment={environment},"
                + " http://h:1/c?key=a.b_c&environment=test%20%26%201",
    })
    void shouldFillInTheBlanks(String template, String address) {
        AddressTemplate filled = new AddressTemplate(template, "test & 1");

        assertThat(filled.of(URI.create("http://h:1"), "a.b_c")).hasToString(address);
        assertThat(filled.of(URI.create("http://h:1/"), "a.b_c")).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a%2Fb",
        "../admin, ..%2Fadmin",
        ".., %2E%2E",
        "a b+c, a%20b%2Bc",
        "a?b#c&d=e, a%3Fb%23c%26d%3De",
        "50%, 50%25",
        "ключ, %D0%BA%D0%BB%D1%8E%D1%87",
        "{url}$1\\, %7Burl%7D%241%5C",
        "~*, ~%2A",
    })
    void shouldKeepAKeyInItsPlace(String key, String encoded) {
        URI address =
                new AddressTemplate("{url}/c/{key}", "test").of(URI.create("http://h:1"), key);

        assertThat(address).hasToString("http://h:1/c/" + encoded);
        assertThat(address.normalize()).isEqualTo(address);
    }
}
