package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Hex;

import org.junit.jupiter.api.Test;

/** Keys are on disk, so they stay. */
class KeysTest {
    @Test
    void shouldHashPropertiesAsBefore() {
        assertThat(Keys.hash(new Selection.Key.All())).isEqualTo(0x82a2a958a9bece5bL);
        assertThat(
                        Keys.hash(
                                Selection.Key.of(
                                        IndexedField.TRACE_ID, "0af7651916cd43dd8448eb211c80319c")))
                .isEqualTo(0x271fbcd0c1fb3c93L);
        assertThat(Keys.hash(new Selection.Key.Business("order_id", "42")))
                .isEqualTo(0x1ff6aeca2cf14635L);
        assertThat(Keys.hash(new Selection.Key.ServiceAndType("s", "t")))
                .isEqualTo(0x3b5db15f8bda2fe0L);
    }

    @Test
    void shouldWriteIdsAsBefore() {
        assertThat(Hex.text(Keys.id("0190b5d2-7c3a-7000-8abc-0123456789ab")))
                .isEqualTo("750190b5d27c3a70008abc0123456789ab");
        assertThat(Hex.text(Keys.id("order-1"))).isEqualTo("746f726465722d31");
        assertThat(Hex.text(Keys.longId("0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")))
                .startsWith("7430616637");
    }

    @Test
    void shouldWriteIdsOfSpansInHalfTheBytes() {
        String span = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";
        assertThat(Hex.text(Keys.id(span)))
                .isEqualTo("730af7651916cd43dd8448eb211c80319cb7ad6b7169203331");
        assertThat(Hex.text(Keys.id(span + "-0")))
                .isEqualTo("730af7651916cd43dd8448eb211c80319cb7ad6b71692033312d30");
        assertThat(Hex.text(Keys.id(span.replace('a', 'A')))).startsWith("7430");
    }
}
