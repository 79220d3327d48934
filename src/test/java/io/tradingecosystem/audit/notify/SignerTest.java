package io.tradingecosystem.audit.notify;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradingecosystem.audit.settings.Secret;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class SignerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330L);
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxEek";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final Secret KEY = new Secret(Told.SECRET);

    /** What the library of Standard Webhooks for Python gives for these. */
    @Test
    void shouldSignAsStandardWebhooksSays() {
        Map<String, String> headers = Signer.of(List.of(KEY)).headers(ID, NOW, BODY);

        assertThat(headers)
                .containsEntry("webhook-id", ID)
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry(
                        "webhook-signature", "v1,xm3N4+aKmqpsHqf2GrAK/g6ew7J0s6ILlNe44yY/l78=");
    }

    @Test
    void shouldSignWithBothKeysWhileTheyChange() {
        Secret other = new Secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX");

        String both =
                Signer.of(List.of(other, KEY)).headers(ID, NOW, BODY).get("webhook-signature");

        assertThat(both.split(" "))
                .hasSize(2)
                .allMatch(each -> each.startsWith("v1,"))
                .contains("v1,xm3N4+aKmqpsHqf2GrAK/g6ew7J0s6ILlNe44yY/l78=");
    }
}
