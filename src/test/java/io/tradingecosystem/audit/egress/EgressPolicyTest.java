package io.tradingecosystem.audit.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.egress.Refusal.Kind;
import io.tradingecosystem.audit.testing.CapturedLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which addresses are called, whatever a record says. */
class EgressPolicyTest {
    private final List<Kind> seen = new ArrayList<>();
    private final EgressPolicy any = EgressPolicy.create(List.of(), seen::add);

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, LINK_LOCAL",
        "169.254.0.1, LINK_LOCAL",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "::ffff:169.254.169.254, LINK_LOCAL",
        "::ffff:a9fe:a9fe, LINK_LOCAL",
        "::169.254.169.254, LINK_LOCAL",
        "64:ff9b::a9fe:a9fe, LINK_LOCAL",
        "2002:a9fe:a9fe::1, LINK_LOCAL",
        "fd00:ec2::254, METADATA",
        "100.100.100.200, METADATA",
        "::ffff:100.100.100.200, METADATA",
        "168.63.129.16, METADATA",
        "0.0.0.0, UNSPECIFIED",
        "::, UNSPECIFIED",
        "::ffff:0.0.0.0, UNSPECIFIED",
        "224.0.0.1, MULTICAST",
        "ff02::1, MULTICAST",
        "2852039166, NO_HOST",
        "0xa9fea9fe, NO_HOST",
        "0251.0376.0251.0376, NO_HOST",
        "0xa9.0xfe.0xa9.0xfe, NO_HOST",
        "169.254.43518, NO_HOST",
        "169.254.169.254., NO_HOST",
        "010.0.0.1, NO_HOST",
        "user@10.0.0.1, NO_HOST",
        "10.0.0.1/latest/meta-data, NO_HOST",
        "10.0.0.1#, NO_HOST",
        "10.0.0.1?a, NO_HOST",
        "http://10.0.0.1, NO_HOST",
        "10.0.0.1:80, NO_HOST",
        "fe80::1%25eth0, NO_HOST",
        "risk monitor, NO_HOST",
        "risk\\monitor, NO_HOST",
        ".., NO_HOST",
        "'', NO_HOST",
        "rísk, NO_HOST"
    })
    void shouldRefuse(String host, Kind kind) {
        assertThat(any.refusal(host)).map(Refusal::kind).contains(kind);
        assertThat(any.judge(host)).map(Refusal::kind).contains(kind);
        assertThatThrownBy(() -> any.resolve(host))
                .isInstanceOf(RefusedAddressException.class)
                .hasMessageContaining(kind.name());
        assertThat(seen).containsExactly(kind, kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "127.0.0.1",
                "::1",
                "192.168.1.1",
                "100.64.0.1",
                "8.8.8.8",
                "fd00::1",
                "2001:db8::1",
                "64:ff9b::808:808",
                "localhost",
                "169.253.255.255"
            })
    void shouldCallAllOthers(String host) throws IOException {
        assertThat(any.judge(host)).isEmpty();
        assertThat(any.resolve(host)).isNotNull();
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"risk-monitor", "risk_monitor_1", "a.b-c.internal.", "x1", "1x"})
    void shouldTakeNamesForHosts(String host) {
        assertThat(any.judge(host)).isEmpty();
    }

    @Test
    void shouldRefuseANameThatStandsForAMetadataAddress() throws Exception {
        EgressPolicy policy = resolving(Map.of("metadata.internal", List.of("169.254.169.254")));

        assertThat(policy.judge("metadata.internal")).isEmpty();
        assertThatThrownBy(() -> policy.resolve("metadata.internal"))
                .isInstanceOf(RefusedAddressException.class)
                .hasMessageContaining("169.254.169.254");

        assertThat(policy.refusal("metadata.internal"))
                .map(Refusal::kind)
                .contains(Kind.LINK_LOCAL);
        assertThat(seen).containsExactly(Kind.LINK_LOCAL);
    }

    @Test
    void shouldForgetARefusalWhenTheNameStandsForAnotherAddress() throws Exception {
        List<String> addresses = new ArrayList<>(List.of("169.254.169.254"));
        EgressPolicy policy = resolving(Map.of("rebinding", addresses));
        assertThatThrownBy(() -> policy.resolve("rebinding"))
                .isInstanceOf(RefusedAddressException.class);

        addresses.set(0, "10.0.0.1");

        assertThat(policy.resolve("rebinding").getHostAddress()).isEqualTo("10.0.0.1");
        assertThat(policy.refusal("rebinding")).isEmpty();
    }

    @Test
    void shouldChooseTheFirstAddressThatIsCalled() throws Exception {
        EgressPolicy policy =
                resolving(Map.of("two", List.of("169.254.169.254", "10.0.0.1", "10.0.0.2")));

        assertThat(policy.resolve("two").getHostAddress()).isEqualTo("10.0.0.1");
    }

    @Test
    void shouldCallNamedAddressesAlone() throws Exception {
        EgressPolicy policy =
                EgressPolicy.create(
                        List.of("10.1.0.0/16", "fd00::/8", "192.0.2.7", "Risk.Internal"),
                        EgressPolicyTest::everywhere,
                        seen::add);

        assertThat(policy.judge("10.1.255.255")).isEmpty();
        assertThat(policy.judge("fd12::1")).isEmpty();
        assertThat(policy.judge("192.0.2.7")).isEmpty();
        assertThat(policy.resolve("risk.internal.").getHostAddress()).isEqualTo("203.0.113.9");
        assertThat(policy.judge("10.2.0.0")).map(Refusal::kind).contains(Kind.NOT_LISTED);
        assertThat(policy.judge("fc00::1")).map(Refusal::kind).contains(Kind.NOT_LISTED);
        assertThat(policy.judge("fd00:ec2::254")).map(Refusal::kind).contains(Kind.METADATA);
        assertThatThrownBy(() -> policy.resolve("other.internal"))
                .hasMessageContaining("203.0.113.9 is not in access.peer-addresses");
    }

    @Test
    void shouldSayOnceWhatIsRefused() {
        try (CapturedLog log = CapturedLog.of(EgressPolicy.class.getPackage())) {
            any.judge("169.254.169.254");
            any.judge("169.254.169.254");

            assertThat(log.lines("egress.refused")).hasSize(1);
        }
    }

    private EgressPolicy resolving(Map<String, List<String>> names) {
        return EgressPolicy.create(
                List.of(),
                name -> {
                    List<InetAddress> found = new ArrayList<>();
                    for (String address : names.get(name)) {
                        found.add(InetAddress.getByName(address));
                    }
                    return found.toArray(InetAddress[]::new);
                },
                seen::add);
    }

    private static InetAddress[] everywhere(String name) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName("203.0.113.9")};
    }
}
