package io.aitbc.openclaw.provider.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VettedConnectionTest {
    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private static List<InetAddress> lookup(boolean loopback, String... answers) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String answer : answers) {
            addresses.add(address(answer));
        }
        return new VettedDns(host -> addresses, loopback).lookup("gpu.seller.net");
    }

    @Test
    void only_public_addresses_of_a_name_are_connected_to() throws Exception {
        assertThat(lookup(false, "10.0.0.1", "8.8.8.8", "127.0.0.1", "fe80::1", "2606:4700:4700::1111"))
                .containsExactly(address("8.8.8.8"), address("2606:4700:4700::1111"));
    }

    @Test
    void a_name_with_private_addresses_only_is_refused_with_the_reason() {
        assertThatThrownBy(() -> lookup(false, "192.168.0.7", "::1"))
                .isInstanceOf(RefusedAddressException.class)
                .hasMessageContaining("gpu.seller.net")
                .hasMessageContaining("loopback");
    }

    @Test
    void allowing_this_machine_allows_no_other_private_address() throws Exception {
        assertThat(lookup(true, "127.0.0.1", "10.0.0.1")).containsExactly(address("127.0.0.1"));
        assertThatThrownBy(() -> lookup(true, "10.0.0.1")).isInstanceOf(RefusedAddressException.class);
    }

    @Test
    void a_name_with_very_many_addresses_does_not_become_a_scan() throws Exception {
        String[] many = new String[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = "8.8.4." + i;
        }
        assertThat(lookup(false, many)).hasSize(8);
    }

    @Test
    void sockets_check_the_address_again_whoever_gave_it() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
            try (Socket socket = new VettedSockets(false).createSocket()) {
                assertThatThrownBy(() -> socket.connect(target, 1000)).isInstanceOf(RefusedAddressException.class);
                assertThatThrownBy(() -> socket.connect(target)).isInstanceOf(RefusedAddressException.class);
                assertThatThrownBy(
                                () -> socket.connect(InetSocketAddress.createUnresolved("gpu.seller.net", 443), 1000))
                        .isInstanceOf(RefusedAddressException.class);
            }
            try (Socket socket = new VettedSockets(true).createSocket()) {
                socket.connect(target, 1000);
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }

    @Test
    void sockets_that_would_connect_at_once_are_not_made() {
        VettedSockets sockets = new VettedSockets(true);
        InetAddress here = InetAddress.getLoopbackAddress();
        assertThatThrownBy(() -> sockets.createSocket("localhost", 1)).hasMessageContaining("checked");
        assertThatThrownBy(() -> sockets.createSocket("localhost", 1, here, 0)).hasMessageContaining("checked");
        assertThatThrownBy(() -> sockets.createSocket(here, 1)).hasMessageContaining("checked");
        assertThatThrownBy(() -> sockets.createSocket(here, 1, here, 0)).hasMessageContaining("checked");
    }

    /** What the JDK itself knows to be special is special here too. */
    @Test
    void no_address_the_jdk_calls_special_is_public() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[i % 4 == 0 ? 16 : 4];
            random.nextBytes(bytes);
            if (bytes.length == 16 && random.nextBoolean()) {
                bytes[0] = (byte) (random.nextBoolean() ? 0xfe : 0xff);
            }
            InetAddress address = InetAddress.getByAddress(bytes);
            boolean special = address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress();
            if (special) {
                assertThat(AddressRules.refusal(address))
                        .describedAs("%s", address)
                        .isPresent();
            }
        }
    }

    @Test
    void edges_of_blocks_are_where_they_are_written() {
        for (String inside : List.of("100.64.0.0", "100.127.255.255", "172.31.255.255", "198.19.255.255", "febf::1")) {
            assertThat(AddressRules.refusal(address(inside)))
                    .describedAs(inside)
                    .isPresent();
        }
        for (String outside : List.of(
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "198.20.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "223.255.255.255",
                "2001:200::",
                "2a00::",
                "3ffd::1")) {
            assertThat(AddressRules.refusal(address(outside)))
                    .describedAs(outside)
                    .isEmpty();
        }
    }
}
