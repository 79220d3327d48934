package io.tradingecosystem.audit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.event.AttributeValue.Text;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events share their attributes, so nobody may be able to change them. */
class AuditEventTest {

    @Test
    void shouldNotChangeWhenItsBuilderGoesOn() {
        AuditEventBuilder builder = AuditEvent.builder("s", "t").attribute("one", "1");
        AuditEvent first = builder.build();
        AuditEvent second = builder.attribute("two", "2").build();
        builder.changeable().clear();

        assertThat(first.attributes()).isEqualTo(Map.of("one", new Text("1")));
        assertThat(second.attributes()).containsOnlyKeys("one", "two");
    }

    @Test
    void shouldNotChangeWhenAnotherIsBuiltFromIt() {
        AuditEvent event = AuditEvent.builder("s", "t").attribute("one", "1").build();
        AuditEvent other = event.toBuilder().attribute("one", "2").build();

        assertThat(event.attributes()).isEqualTo(Map.of("one", new Text("1")));
        assertThat(other.attributes()).isEqualTo(Map.of("one", new Text("2")));
        assertThat(event.stored(7, Instant.EPOCH).attributes()).isSameAs(event.attributes());
    }

    @Test
    void shouldNotChangeWithTheMapThatItWasMadeFrom() {
        Map<String, AttributeValue> given = new LinkedHashMap<>();
        given.put("one", new Text("1"));
        AuditEvent event = AuditEvent.builder("s", "t").attributes(given).build();
        given.put("two", new Text("2"));

        assertThat(event.attributes()).containsOnlyKeys("one");
    }

    @Test
    void shouldLetNobodyChangeItsAttributes() {
        AuditEvent event = AuditEvent.builder("s", "t").attribute("one", "1").build();
        Map<String, AttributeValue> attributes = event.attributes();

        assertThatThrownBy(() -> attributes.put("two", new Text("2")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(attributes::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> attributes.remove("one"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> attributes.entrySet().iterator().next().setValue(new Text("2")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(event.attributes()).isEqualTo(Map.of("one", new Text("1")));
    }
}
