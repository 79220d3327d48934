package io.tradingecosystem.audit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.settings.WebhookSettings.From;
import io.tradingecosystem.audit.settings.WebhookSettings.Versions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class NotifySettingsTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    @TempDir Path directory;

    @Test
    void shouldTellNobodyByDefault() throws IOException {
        NotifySettings settings = load("", Map.of()).settings().notifications();

        assertThat(settings.webhooks()).isEmpty();
        assertThat(settings.publicUrl()).isEmpty();
        assertThat(settings.tls()).isEqualTo(TlsSettings.off());
    }

    @Test
    void shouldTakeEveryKey() throws IOException {
        WebhookSettings webhook =
                load(
                                """
                                notify:
                                  webhooks: [ci]
                                  defaults: {attempts: 7, timeout: 2s}
                                  ci:
                                    url: https://ci.internal/hooks?key=1
                                    secret: %s
                                    previous-secret: %s
                                    versions: all
                                    statuses: [FAILED]
                                    critical-only: true
                                    expectations: [a*]
                                    scenarios: [b]
                                    timeout: 3s
                                    from: beginning
                                """
                                        .formatted(SECRET, OTHER),
                                Map.of())
                        .settings()
                        .notifications()
                        .webhooks()
                        .getFirst();

        assertThat(webhook.url()).isEqualTo(URI.create("https://ci.internal/hooks?key=1"));
        assertThat(webhook.keys()).containsExactly(new Secret(SECRET), new Secret(OTHER));
        assertThat(webhook.versions()).isEqualTo(Versions.ALL);
        assertThat(webhook.statuses()).containsExactly("failed");
        assertThat(webhook.criticalOnly()).isTrue();
        assertThat(webhook.expectations()).containsExactly("a*");
        assertThat(webhook.scenarios()).containsExactly("b");
        assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(webhook.attempts()).as("that of the defaults").isEqualTo(7);
        assertThat(webhook.from()).isEqualTo(From.BEGINNING);
    }

    @Test
    void shouldTakeAWebhookFromTheEnvironmentWithItsSecretInAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET + "\n");

        Settings.Loaded loaded =
                load(
                        "",
                        Map.of(
                                "NOTIFY_WEBHOOKS", "ci-bot",
                                "NOTIFY_CI_BOT_URL", "http://ci.internal/hooks",
                                "NOTIFY_CI_BOT_SECRET_FILE", file.toString()));

        WebhookSettings webhook = loaded.settings().notifications().webhooks().getFirst();
        assertThat(webhook.name()).isEqualTo("ci-bot");
        assertThat(webhook.keys()).containsExactly(new Secret(SECRET));
    }

    @Test
    void shouldShowNeitherSecretNorPath() throws IOException {
        Settings.Loaded loaded = load("", ci(Map.of()));

        assertThat(loaded.effective().toString())
                .contains("notify.ci.url: https://ci.internal/********", "notify.ci.secret: ****")
                .doesNotContain("very-secret", SECRET);
        assertThat(loaded.settings().toString()).doesNotContain("very-secret", SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "whsec_",
                "whsec_AAEC",
                "whsec_not base64 at all, but long enough",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            })
    void shouldRefuseASecretThatIsNoneWithoutShowingIt(String secret) {
        assertThatThrownBy(() -> load("", ci(Map.of("NOTIFY_CI_SECRET", secret))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("notify.ci.secret")
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining("\"" + secret + "\"");
    }

    @Test
    void shouldWantASecretAndAnAddress() {
        assertThatThrownBy(() -> load("", Map.of("NOTIFY_WEBHOOKS", "ci")))
                .hasMessageContaining("notify.ci.secret")
                .hasMessageContaining("notify.ci.url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://ci.internal/very-secret",
                "file:///etc/very-secret",
                "https:///very-secret",
                "https://user:very-secret@ci.internal/",
                "https://ci.internal/#very-secret",
                "ci.internal/very-secret"
            })
    void shouldRefuseAnAddressThatIsNotCalledWithoutShowingItsPath(String url) {
        assertThatThrownBy(() -> load("", ci(Map.of("NOTIFY_CI_URL", url))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("notify.ci.url")
                .hasMessageNotContaining("very-secret");
    }

    @Test
    void shouldRefuseMoreWebhooksThanItTells() {
        String names =
                IntStream.rangeClosed(0, NotifySettings.MAX_WEBHOOKS)
                        .mapToObj(number -> "w" + number)
                        .collect(Collectors.joining(","));

        assertThatThrownBy(() -> load("", Map.of("NOTIFY_WEBHOOKS", names)))
                .hasMessageContaining("notify.webhooks")
                .hasMessageContaining("at most 16 names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "tls", "Big", "a.b", "x,x"})
    void shouldRefuseANameThatIsNone(String name) {
        assertThatThrownBy(() -> load("", Map.of("NOTIFY_WEBHOOKS", name)))
                .hasMessageContaining("notify.webhooks");
    }

    private static Map<String, String> ci(Map<String, String> changes) {
        Map<String, String> all =
                new HashMap<>(
                        Map.of(
                                "NOTIFY_WEBHOOKS", "ci",
                                "NOTIFY_CI_URL", "https://ci.internal/very-secret?x=very-secret",
                                "NOTIFY_CI_SECRET", SECRET));
        all.putAll(changes);
        return all;
    }

    private Settings.Loaded load(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("app.yaml"), yaml);
        return Settings.load(Optional.of(file), environment, new Properties());
    }
}
