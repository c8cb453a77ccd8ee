package io.aitbc.openclaw.provider.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.contract.Failures;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectEndpointTest {
    private static final EndpointRules RULES = new EndpointRules(Set.of(443, 8443, 11434), List.of(), false);
    private static final EndpointRules TEST_RULES = new EndpointRules(Set.of(443), List.of(), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://gpu.seller.net",
                "https://gpu.seller.net/",
                "https://GPU.Seller.net:443",
                "https://gpu.seller.net:11434",
                "https://gpu.seller.net:8443/ollama",
                "https://8.8.8.8",
                "https://[2606:4700:4700::1111]:8443",
                "https://1.example.net"
            })
    void plain_public_urls_are_asked(String url) {
        assertThat(DirectEndpoint.of(url, RULES).toString()).startsWith("https://");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://gpu.seller.net                 | only https
            http://gpu.seller.net:11434           | only https
            ftp://gpu.seller.net                  | plain http or https URL
            file:///etc/passwd                    | plain http or https URL
            gopher://gpu.seller.net:70/_x         | plain http or https URL
            unix:/var/run/docker.sock             | plain http or https URL
            HTTPS://gpu.seller.net                | plain http or https URL
            https:gpu.seller.net                  | plain http or https URL
            https:/\\gpu.seller.net               | plain http or https URL
            //gpu.seller.net                      | plain http or https URL
            https://user@gpu.seller.net           | plain http or https URL
            https://user:pass@gpu.seller.net      | plain http or https URL
            https://gpu.seller.net@10.0.0.1       | plain http or https URL
            https://gpu.seller.net#@10.0.0.1      | plain http or https URL
            https://gpu.seller.net?x=1            | plain http or https URL
            https://gpu.seller.net/a?b            | plain http or https URL
            https://gpu.seller.net/../admin       | plain http or https URL
            https://gpu.seller.net/%2e%2e/admin   | plain http or https URL
            https://gpu.seller.net//x             | plain http or https URL
            https://gpu.seller.net:22             | port 22
            https://gpu.seller.net:6379           | port 6379
            https://gpu.seller.net:25             | port 25
            https://gpu.seller.net:0              | plain http or https URL
            https://gpu.seller.net:0443           | plain http or https URL
            https://gpu.seller.net:65536          | no port 65536
            https://gpu.seller.net:99999          | no port 99999
            https://gpu.seller.net:443:443        | plain http or https URL
            https://gpu.seller.net.               | not a well-formed name
            https://gpu..seller.net               | not a well-formed name
            https://.seller.net                   | not a well-formed name
            https://-gpu.seller.net               | not a well-formed name
            https://gpu-.seller.net               | not a well-formed name
            https://gpu_1.seller.net              | plain http or https URL
            https://127.0.0.1                     | loopback
            https://127.1                         | odd spelling
            https://127.0.0.1.                    | not a well-formed name
            https://2130706433                    | odd spelling
            https://0x7f000001                    | odd spelling
            https://0x7f.0.0.1                    | odd spelling
            https://0177.0.0.1                    | odd spelling
            https://127.0.0.01                    | odd spelling
            https://0                             | odd spelling
            https://127.0.0.1.1                   | odd spelling
            https://seller.net.0x                 | odd spelling
            https://300.1.1.1                     | no IPv4 address
            https://0.0.0.0                       | address of this network
            https://10.1.2.3                      | private
            https://172.16.0.1                    | private
            https://172.31.255.255                | private
            https://192.168.1.1                   | private
            https://100.64.0.1                    | NAT
            https://169.254.169.254               | link-local
            https://192.0.0.8                     | reserved
            https://192.0.2.1                     | documentation
            https://198.18.0.1                    | benchmarking
            https://198.51.100.7                  | documentation
            https://203.0.113.9                   | documentation
            https://192.88.99.1                   | 6to4
            https://224.0.0.1                     | multicast
            https://240.0.0.1                     | reserved
            https://255.255.255.255               | reserved
            https://[::1]                         | loopback
            https://[::]                          | unspecified
            https://[0:0:0:0:0:0:0:1]             | loopback
            https://[::ffff:127.0.0.1]            | IPv4-mapped
            https://[::ffff:8.8.8.8]              | IPv4-mapped
            https://[::ffff:7f00:1]               | IPv4-mapped
            https://[::127.0.0.1]                 | IPv4-compatible
            https://[64:ff9b::7f00:1]             | NAT64
            https://[64:ff9b:1::a00:1]            | NAT64
            https://[2002:7f00:1::]               | 6to4
            https://[2001:0:53aa:64c::1]          | Teredo
            https://[2001:db8::1]                 | documentation
            https://[3fff::1]                     | documentation
            https://[fc00::1]                     | private
            https://[fd12:3456::1]                | private
            https://[fe80::1]                     | link-local
            https://[fec0::1]                     | site-local
            https://[ff02::1]                     | multicast
            https://[100::1]                      | discard
            https://[4000::1]                     | not a global unicast
            https://[fe80::1%25eth0]              | plain http or https URL
            https://[1.2.3.4]                     | no IPv6 address
            https://[::gg]                        | plain http or https URL
            https://localhost                     | name of a local network
            https://LOCALHOST:11434               | name of a local network
            https://a.localhost                   | name of a local network
            https://printer.local                 | name of a local network
            https://metadata.google.internal      | name of a local network
            https://router.lan                    | name of a local network
            https://nas.home.arpa                 | name of a local network
            https://intranet                      | name of a local network
            https://xn--e1afmkfd.xn--p1ai         | internationalised
            https://gpu.sеller.net                | plain http or https URL
            https://１２７.０.０.１                | plain http or https URL
            https://127。0。0。1                   | plain http or https URL
            https://ⓛocalhost                     | plain http or https URL
            https://gpu.seller.net/ｘ              | plain http or https URL
            """)
    void hostile_urls_are_refused_and_the_reason_is_named(String url, String reason) {
        assertThat(Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> DirectEndpoint.of(url, RULES)))
                .hasMessageContaining(reason);
    }

    @Test
    void blanks_and_control_characters_are_refused_and_do_not_reach_the_log() {
        for (String url : List.of(
                " https://gpu.seller.net",
                "https://gpu.seller.net\r\nX-Evil: 1",
                "https://gpu.seller.net\t",
                "https://gpu.seller.net\u0000",
                "https://gpu\u00ad.seller.net",
                "https://gpu.seller.net\u202e/x",
                "",
                "https://",
                "https://" + "a".repeat(300) + ".net",
                "https://gpu.seller.net/" + "a".repeat(5000))) {
            assertThat(Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> DirectEndpoint.of(url, RULES))
                            .getMessage())
                    .hasSizeLessThan(400)
                    .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
        }
    }

    @Test
    void this_machine_is_asked_only_where_that_is_allowed() {
        for (String url : List.of("http://127.0.0.1:4711", "http://localhost:4711", "https://[::1]:4711")) {
            assertThat(DirectEndpoint.of(url, TEST_RULES)).hasToString(url);
            Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> DirectEndpoint.of(url, RULES));
        }
        Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> DirectEndpoint.of("http://192.168.1.1:4711", TEST_RULES));
        Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> DirectEndpoint.of("http://gpu.seller.net", TEST_RULES));
    }

    @Test
    void a_list_of_hosts_leaves_out_everybody_else() {
        EndpointRules listed = new EndpointRules(
                Set.of(443), List.of("gpu.seller.net", ".pool.example.com", "xn--e1afmkfd.net"), false);

        assertThat(DirectEndpoint.of("https://GPU.seller.net", listed)).hasToString("https://gpu.seller.net");
        assertThat(DirectEndpoint.of("https://a.b.pool.example.com", listed).toString())
                .contains("pool");
        assertThat(DirectEndpoint.of("https://xn--e1afmkfd.net", listed).toString())
                .contains("xn--");
        for (String other : List.of(
                "https://seller.net",
                "https://evilgpu.seller.net",
                "https://gpu.seller.net.evil.com",
                "https://pool.example.com",
                "https://evilpool.example.com",
                "https://8.8.8.8")) {
            assertThat(Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> DirectEndpoint.of(other, listed)))
                    .hasMessageContaining("direct-hosts");
        }
    }

    @Test
    void paths_are_added_to_the_base() {
        assertThat(DirectEndpoint.of("https://gpu.seller.net/ollama/", RULES).path("api/chat"))
                .hasToString("https://gpu.seller.net/ollama/api/chat");
        assertThat(DirectEndpoint.of("https://gpu.seller.net", RULES).path("api/chat"))
                .hasToString("https://gpu.seller.net/api/chat");
    }
}
