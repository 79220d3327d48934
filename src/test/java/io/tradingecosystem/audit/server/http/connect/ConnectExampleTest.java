package io.tradingecosystem.audit.server.http.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.server.OpenDoorsFixture;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** Examples in comments of {@code server.http.connect}. */
class ConnectExampleTest {

    @Test
    void shouldServeAServiceOfGrpc() {
        EchoTopology service = new EchoTopology();
        try (OpenDoorsFixture fixture =
                OpenDoorsFixture.open(
                        Map.of(),
                        (doors, monitoring) -> {
                            // @start region="connect"
                            ConnectRoutes routes =
                                    ConnectRoutes.of(service, monitoring.problems(), 1 << 20);
                            doors.service(service).routes(routes.path(), routes);
                            // @end
                        })) {
            assertThat(
                            fixture.http
                                    .post("/audit.v1.TopologyService/GetTopologyStructure", "{}")
                                    .body())
                    .contains("NODE_STATUS_LIVE");
        }
    }
}
