package io.tradingecosystem.audit.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Examples in comments of {@code egress}. */
class EgressExampleTest {

    @Test
    void shouldResolve() throws IOException {
        // @start region="resolve"
        EgressPolicy egress = EgressPolicy.create(List.of("127.0.0.0/8"), kind -> {});
        InetAddress address = egress.resolve("localhost");
        // @end
        assertThat(address.isLoopbackAddress()).isTrue();
    }
}
