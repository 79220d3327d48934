package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.access.BrowserRules.Marks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;

class BrowserRulesTest {
    private static final String JSON = "application/json";

    private final BrowserRules rules =
            new BrowserRules(Set.of("audit.example"), List.of("https://ui.example:8443"));

    @Test
    void shouldAskNothingOfWhoIsNoBrowser() {
        pass("evil.example", "", "", JSON);
        pass("evil.example", "", "", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8083",
                "[::1]:8083",
                "localhost",
                "LOCALHOST:8083",
                "app.localhost",
                "audit.example:443"
            })
    void shouldServeBrowsersUnderOwnNames(String host) {
        pass(host, "", "same-origin", JSON);
    }

    /** A page of evil.example whose name leads to this machine a moment later. */
    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example:8083", "audit.example.evil", "127.0.0.1.evil.example", ""})
    void shouldNotServeBrowsersUnderOtherNames(String host) {
        refuse(Denial.UNKNOWN_HOST, host, "", "same-origin", JSON, false);
        refuse(Denial.UNKNOWN_HOST, host, "http://" + host, "", JSON, true);
    }

    @Test
    void shouldLetPagesOfOwnAndAllowedOriginsChangeThings() {
        pass("localhost:8083", "http://localhost:8083", "same-origin", JSON);
        pass("localhost:8083", "https://ui.example:8443", "cross-site", JSON);
        pass("localhost:8083", "", "none", JSON);
    }

    @Test
    void shouldNotLetOtherPagesChangeThings() {
        String host = "localhost:8083";
        refuse(Denial.FOREIGN_ORIGIN, host, "https://evil.example", "cross-site", JSON, true);
        refuse(Denial.FOREIGN_ORIGIN, host, "http://localhost:9999", "same-site", JSON, true);
        refuse(Denial.FOREIGN_ORIGIN, host, "null", "", JSON, true);
        refuse(Denial.FOREIGN_ORIGIN, host, "", "cross-site", JSON, true);
        refuse(Denial.FOREIGN_ORIGIN, host, "", "same-site", JSON, true);
    }

    /** What they may read is said by CORS, which needs no refusal. */
    @Test
    void shouldLetOtherPagesAsk() {
        assertThatCode(
                        () ->
                                rules.require(
                                        marks("localhost", "https://x", "cross-site", ""), false))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "Text/Plain ;charset=utf-8",
                "text/plain"
            })
    void shouldNotTakeWhatAFormCanSend(String mediaType) {
        refuse(Denial.FORM_MEDIA_TYPE, "localhost", "", "", mediaType, true);
    }

    @ParameterizedTest
    @CsvSource({
        // origin, site, by TLS; whether the session counts to read, and to change something
        "'', '', false, true, false",
        "'', none, false, true, false",
        "'', same-origin, false, true, true",
        "'', same-site, false, false, false",
        "'', cross-site, false, false, false",
        "http://localhost:8083, '', false, true, true",
        "http://localhost:8083, same-origin, false, true, true",
        "http://localhost:8083, same-site, false, false, false",
        "http://localhost:3000, same-site, false, false, false",
        "https://ui.example:8443, cross-site, false, false, false",
        "null, '', false, false, false",
        "https://localhost:8083, '', true, true, true",
        "http://localhost:8083, '', true, false, false"
    })
    void shouldTakeASessionFromOwnPagesOnly(
            String origin, String site, boolean secure, boolean reads, boolean changes) {
        Marks marks = marks("localhost:8083", origin, site, JSON);

        assertThat(BrowserRules.isOwnPage(marks, false, secure)).isEqualTo(reads);
        assertThat(BrowserRules.isOwnPage(marks, true, secure)).isEqualTo(changes);
    }

    private void pass(String host, String origin, String site, String mediaType) {
        assertThatCode(() -> rules.require(marks(host, origin, site, mediaType), true))
                .doesNotThrowAnyException();
    }

    private void refuse(
            Denial reason,
            String host,
            String origin,
            String site,
            String mediaType,
            boolean changes) {
        assertThatThrownBy(() -> rules.require(marks(host, origin, site, mediaType), changes))
                .hasMessageStartingWith(reason + ": ");
    }

    private static Marks marks(String host, String origin, String site, String mediaType) {
        return new Marks(host, given(origin), given(site), given(mediaType));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
